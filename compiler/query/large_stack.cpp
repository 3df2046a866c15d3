#include <pthread.h>

#include <new>

#include "eval/limits.hpp"
#include "query/session.hpp"

namespace kdsl::query {
namespace {

thread_local bool onLargeStackNow = false;

/// The allocator makes the memory of a thread accessible page by page, with a system call each that holds up the page faults of all threads.
/// What was accessible once stays so: this does it in a few steps, for as much as a small build takes.
void widenHeap() {
  constexpr std::size_t bytes = std::size_t{3} << 20;  // less than what the allocator gives pages of its own, if the program told it so
  void* blocks[4];
  for (auto& block : blocks) block = ::operator new(bytes, std::nothrow);
  asm volatile("" : : "r"(blocks) : "memory");  // or the compiler sees that nobody needs them
  for (auto* block : blocks) ::operator delete(block);
}

void* run(void* work) {
  onLargeStackNow = true;
  widenHeap();
  (*static_cast<const std::function<void()>*>(work))();
  return nullptr;
}

}  // namespace

void onLargeStack(const std::function<void()>& work) {
  if (onLargeStackNow) return work();
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_t thread;
  // The pages of the stack are taken only when they are touched. Where so much address space is refused, less must do.
  bool started = false;
  for (auto bytes = eval::evaluationStackBytes; !started && bytes >= (std::size_t{16} << 20); bytes /= 2) {
    started = pthread_attr_setstacksize(&attributes, bytes) == 0 && pthread_create(&thread, &attributes, run, const_cast<void*>(static_cast<const void*>(&work))) == 0;
  }
  pthread_attr_destroy(&attributes);
  if (!started) return work();
  pthread_join(thread, nullptr);
}

}  // namespace kdsl::query
