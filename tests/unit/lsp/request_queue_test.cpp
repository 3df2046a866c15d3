#include "lsp/server/request_queue.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace kdsl::lsp {
namespace {

using namespace std::chrono_literals;

Message requestOf(Json id) {
  Message message;
  message.kind = MessageKind::Request;
  message.id = std::move(id);
  return message;
}

TEST(RequestQueue, KeepsTheOrder) {
  RequestQueue queue;
  queue.push(requestOf(1));
  queue.push(requestOf(2));
  EXPECT_EQ(queue.pop({})->id, 1);
  EXPECT_EQ(queue.pop({})->id, 2);
  EXPECT_FALSE(queue.pop(0ms));
}

TEST(RequestQueue, CancelsWhatWaitsAndWhatRuns) {
  RequestQueue queue;
  queue.push(requestOf(1));
  queue.push(requestOf("b"));
  queue.push(requestOf(3));
  queue.cancel("b");
  queue.cancel(77);
  EXPECT_EQ(queue.pop({})->id, 1);
  EXPECT_FALSE(queue.cancelled());
  queue.cancel(1);
  EXPECT_TRUE(queue.cancelled());
  EXPECT_EQ(queue.pop({})->id, "b");
  EXPECT_TRUE(queue.cancelled());
  EXPECT_EQ(queue.pop({})->id, 3);
  EXPECT_FALSE(queue.cancelled());
}

TEST(RequestQueue, SetsRequestsAside) {
  RequestQueue queue;
  for (const auto* id : {"waits", "gives up", "next"}) queue.push(requestOf(id));
  queue.park(*queue.pop({}));
  queue.park(*queue.pop({}));
  EXPECT_EQ(queue.pop({})->id, "next");
  // Who gives up is not made to wait, and what it waited for comes too late.
  queue.cancel("gives up");
  EXPECT_FALSE(queue.cancelled()) << "it is not the one that runs";
  EXPECT_EQ(queue.pop({})->id, "gives up");
  EXPECT_TRUE(queue.cancelled());
  queue.resume("gives up");
  EXPECT_FALSE(queue.pop(0ms));
  queue.push(requestOf("later"));
  queue.resume("waits");
  EXPECT_EQ(queue.pop({})->id, "waits");
  EXPECT_FALSE(queue.cancelled());
  EXPECT_EQ(queue.pop({})->id, "later");
}

TEST(RequestQueue, HandsOutWhatWaitsAfterClosing) {
  RequestQueue queue;
  queue.push(requestOf(1));
  queue.close();
  queue.push(requestOf(2));
  EXPECT_EQ(queue.pop({})->id, 1);
  EXPECT_FALSE(queue.pop({}));
}

TEST(RequestQueue, WakesTheOtherThread) {
  RequestQueue queue;
  std::thread writer([&] {
    for (int i = 0; i < 10'000; ++i) queue.push(requestOf(i));
    queue.close();
  });
  int count = 0;
  while (auto item = queue.pop({})) EXPECT_EQ(item->id, count++);
  writer.join();
  EXPECT_EQ(count, 10'000);
}

}  // namespace
}  // namespace kdsl::lsp
