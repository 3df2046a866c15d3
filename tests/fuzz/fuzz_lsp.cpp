// Any bytes from a client: the server answers what is a request, and ends with its input. Each message is also cut and repeated by the fuzzer's
// own mutations; the seeds are whole sessions.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "lsp/server/server.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kdsl;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  lsp::Server server(
      [&rest](char* into, std::size_t room) {
        const auto count = std::min(room, rest.size());
        std::memcpy(into, rest.data(), count);
        rest.remove_prefix(count);
        return count;
      },
      [](std::string_view) { return true; }, /*checkOut=*/{}, std::chrono::hours(1));  // what takes long is for -timeout to find
  server.run();
  return 0;
}
