#include "lsp/protocol/framing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace kdsl::lsp {
namespace {

/// Gives the text in pieces of at most `chunk` bytes.
ByteSource pieces(std::string text, std::size_t chunk) {
  return [text = std::move(text), chunk, at = std::size_t{0}](char* data, std::size_t size) mutable {
    const auto count = std::min({size, chunk, text.size() - at});
    std::copy_n(text.data() + at, count, data);
    at += count;
    return count;
  };
}

std::vector<Frame> framesOf(const std::string& text, std::size_t chunk = 1 << 16, std::size_t limit = maxBodyBytes) {
  FrameReader reader(pieces(text, chunk), limit);
  std::vector<Frame> frames;
  for (;;) {
    auto frame = reader.next();
    if (frame.status == FrameStatus::End) return frames;
    frames.push_back(std::move(frame));
  }
}

TEST(Framing, ReadsBodiesHoweverTheBytesArrive) {
  const auto stream = framed("{\"a\":1}") + framed("") + framed("[]");
  for (std::size_t chunk = 1; chunk <= stream.size(); ++chunk) {
    const auto frames = framesOf(stream, chunk);
    ASSERT_EQ(frames.size(), 3u) << chunk;
    EXPECT_EQ(frames[0].text, "{\"a\":1}");
    EXPECT_EQ(frames[1].text, "");
    EXPECT_EQ(frames[2].text, "[]");
  }
}

TEST(Framing, AcceptsOtherHeadersAnyCaseAndBareNewlines) {
  const auto frames =
      framesOf("content-type: application/vscode-jsonrpc; charset=utf-8\ncONTENT-length:  2 \n\n{}\r\n\r\nContent-Length: 1\r\n\r\n7");
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].text, "{}");
  EXPECT_EQ(frames[1].text, "7");
}

TEST(Framing, EndsQuietlyWhereverTheStreamEnds) {
  const auto stream = framed("{\"id\":1}");
  for (std::size_t size = 0; size < stream.size(); ++size) EXPECT_TRUE(framesOf(stream.substr(0, size)).empty()) << size;
}

TEST(Framing, FindsTheNextHeaderAfterABadOne) {
  for (const std::string bad : {"Content-Length: many\r\n\r\n{\"x\":\n\n1}", "Content-Length: -5\r\n\r\n{}",
                                "Content-Length: 99999999999999999999999\r\n\r\n{}", "Length: 2\r\n\r\n{}", "Content-Length:\r\n\r\n"}) {
    const auto frames = framesOf(bad + framed("[1]"));
    ASSERT_EQ(frames.size(), 2u) << bad;
    EXPECT_EQ(frames[0].status, FrameStatus::Malformed);
    EXPECT_EQ(frames[1].text, "[1]");
  }
}

TEST(Framing, SkipsWhatIsTooLarge) {
  const auto frames = framesOf(framed(std::string(100, 'x')) + framed("ok"), 7, 50);
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].status, FrameStatus::TooLarge);
  EXPECT_EQ(frames[1].text, "ok");
}

TEST(Framing, AHugePromiseTakesNoMemory) {
  const auto frames = framesOf("Content-Length: 500000000\r\n\r\n{}");
  EXPECT_TRUE(frames.empty());
}

TEST(Framing, AnEndlessHeaderLineIsNoMessage) {
  const auto frames = framesOf(std::string(100000, 'a') + "\r\n\r\n" + framed("ok"));
  ASSERT_EQ(frames.size(), 2u);
  EXPECT_EQ(frames[0].status, FrameStatus::Malformed);
  EXPECT_EQ(frames[1].text, "ok");
}

}  // namespace
}  // namespace kdsl::lsp
