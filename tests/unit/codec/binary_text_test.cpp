#include "codec/binary_text.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace kdsl::codec {
namespace {

TEST(Base64, Rfc4648Vectors) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(encodeBase64(bytes), text);
    EXPECT_EQ(decodeBase64(text), bytes);
  }
  EXPECT_EQ(encodeBase64("\xFB\xFF\xFE"), "+//+");
}

TEST(Base64, RejectsWhatIsNotCanonical) {
  for (const std::string_view text : {"Z", "Zg", "Zg=", "Zg===", "=", "====", "Zh==", "Zm9=", "Zm9v\n", "Zm 9v", "-_-_", "Zg==Zg==", "Z===", "Zm=v"}) EXPECT_FALSE(decodeBase64(text)) << text;
}

TEST(Hex, BothWays) {
  EXPECT_EQ(encodeHex(std::string_view("\x00\xAB\xFF", 3)), "00abff");
  EXPECT_EQ(decodeHex("00ABff"), std::string("\x00\xAB\xFF", 3));
  EXPECT_FALSE(decodeHex("0"));
  EXPECT_FALSE(decodeHex("0g"));
  EXPECT_FALSE(decodeHex("@0"));
}

TEST(Percent, BothWays) {
  EXPECT_EQ(encodePercent("a b/c?d=\u00E9~-._"), "a%20b%2Fc%3Fd%3D%C3%A9~-._");
  EXPECT_EQ(decodePercent("a%20b%2fc"), "a b/c");
  EXPECT_FALSE(decodePercent("%"));
  EXPECT_FALSE(decodePercent("%2"));
  EXPECT_FALSE(decodePercent("%2x"));
}

TEST(BinaryText, RandomBytesReadBack) {
  std::mt19937_64 random{3};
  for (int i = 0; i < 2000; ++i) {
    std::string bytes(random() % 100, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    ASSERT_EQ(decodeBase64(encodeBase64(bytes)), bytes);
    ASSERT_EQ(decodeHex(encodeHex(bytes)), bytes);
    ASSERT_EQ(decodePercent(encodePercent(bytes)), bytes);
  }
}

TEST(Sha256, StandardVectors) {
  EXPECT_EQ(sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256Hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256Hex(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, EveryPaddingLength) {
  // The digest of the digests of 0 to 130 letters: each position of the padding takes part.
  std::string digests;
  for (std::size_t size = 0; size <= 130; ++size) digests += sha256Hex(std::string(size, 'x'));
  EXPECT_EQ(sha256Hex(digests), "87aca1c44bc7ba8897768170211f0a02063de70801131ff86c7edb9ce32c6a50");
}

}  // namespace
}  // namespace kdsl::codec
