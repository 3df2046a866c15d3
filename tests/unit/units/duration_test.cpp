#include "units/duration.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>

namespace kdsl::units {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

Duration d(std::string_view text) {
  const auto result = Duration::parse(text);
  EXPECT_TRUE(result) << text << ' ' << explain(result.fault());
  return result ? *result : Duration{};
}

Fault fault(std::string_view text) { return Duration::parse(text).fault(); }

TEST(Duration, Reads) {
  EXPECT_EQ(d("30s").nanoseconds(), 30 * kSecond);
  EXPECT_EQ(d("5m").nanoseconds(), 300 * kSecond);
  EXPECT_EQ(d("1h30m").nanoseconds(), 5400 * kSecond);
  EXPECT_EQ(d("7d").nanoseconds(), 7 * 86400 * kSecond);
  EXPECT_EQ(d("100ms").nanoseconds(), kSecond / 10);
  EXPECT_EQ(d("1m30s"), d("90s"));
  EXPECT_EQ(d("1.5h"), d("90m"));
  EXPECT_EQ(d("0"), Duration{});
  EXPECT_EQ(d("-1s").nanoseconds(), -kSecond);
  EXPECT_EQ(d("1us"), d("1000ns"));
  EXPECT_EQ(d("1\u00B5s"), d("1us"));
  EXPECT_EQ(d("0.00001d"), d("864ms"));
  EXPECT_EQ(d("-2562047h47m16.854775808s").nanoseconds(), std::numeric_limits<std::int64_t>::min());
}

TEST(Duration, Rejects) {
  EXPECT_EQ(fault(""), Fault::Empty);
  EXPECT_EQ(fault("s"), Fault::BadNumber);
  EXPECT_EQ(fault("-"), Fault::BadNumber);
  EXPECT_EQ(fault(".s"), Fault::BadNumber);
  EXPECT_EQ(fault(" 1s"), Fault::BadNumber);
  EXPECT_EQ(fault("30"), Fault::MissingUnit);
  EXPECT_EQ(fault("1h30"), Fault::MissingUnit);
  EXPECT_EQ(fault("1w"), Fault::UnknownSuffix);
  EXPECT_EQ(fault("1H"), Fault::UnknownSuffix);
  EXPECT_EQ(fault("1 s"), Fault::UnknownSuffix);
  EXPECT_EQ(fault("30m1h"), Fault::UnitOrder);
  EXPECT_EQ(fault("1s1s"), Fault::UnitOrder);
  EXPECT_EQ(fault("0.5ns"), Fault::TooFine);
  EXPECT_EQ(fault("0.0000000001s"), Fault::TooFine);
  EXPECT_EQ(fault("0.00000000000000000000001d"), Fault::TooFine);
  EXPECT_EQ(fault("106752d"), Fault::TooLarge);
  EXPECT_EQ(fault("2562047h47m16.854775808s"), Fault::TooLarge);
  EXPECT_EQ(fault(std::string(100'000, '9') + "s"), Fault::TooLarge);
}

TEST(Duration, Prints) {
  EXPECT_EQ(d("90m").text(), "1h30m");
  EXPECT_EQ(d("168h").text(), "7d");
  EXPECT_EQ(d("168h").text(DurationStyle::Hours), "168h");
  EXPECT_EQ(d("168h").text(DurationStyle::Go), "168h0m0s");
  EXPECT_EQ(d("1.5s").text(), "1s500ms");
  EXPECT_EQ(d("1.5s").text(DurationStyle::Go), "1.5s");
  EXPECT_EQ(d("100ms").text(DurationStyle::Go), "100ms");
  EXPECT_EQ(d("1500us").text(DurationStyle::Go), "1.5ms");
  EXPECT_EQ(d("1500ns").text(DurationStyle::Go), "1.5\u00B5s");
  EXPECT_EQ(d("5m").text(DurationStyle::Go), "5m0s");
  EXPECT_EQ(d("-90s").text(DurationStyle::Go), "-1m30s");
  EXPECT_EQ(d("0").text(), "0s");
  EXPECT_EQ(d("0").text(DurationStyle::Go), "0s");
  EXPECT_EQ(Duration::fromNanoseconds(std::numeric_limits<std::int64_t>::min()).text(DurationStyle::Go), "-2562047h47m16.854775808s");
  EXPECT_EQ(d("25h").text(), "1d1h");
}

TEST(Duration, Converts) {
  EXPECT_EQ(*d("5m").toSeconds(), 300);
  EXPECT_EQ(d("1500ms").toSeconds().fault(), Fault::NotWhole);
  EXPECT_EQ(*d("1500ms").toMilliseconds(), 1500);
  EXPECT_EQ(d("1us").toMilliseconds().fault(), Fault::NotWhole);
  EXPECT_DOUBLE_EQ(d("1500ms").seconds(), 1.5);
  EXPECT_EQ(*Duration::fromSeconds(60), d("1m"));
  EXPECT_EQ(Duration::fromSeconds(std::numeric_limits<std::int64_t>::max()).fault(), Fault::TooLarge);
}

TEST(Duration, Calculates) {
  EXPECT_EQ(add(d("1h"), d("30m"))->text(), "1h30m");
  EXPECT_EQ(subtract(d("30m"), d("1h"))->text(), "-30m");
  EXPECT_EQ(multiply(d("30s"), std::int64_t{4})->text(), "2m");
  EXPECT_EQ(multiply(d("1m"), 0.5)->text(), "30s");
  EXPECT_EQ(divide(d("1m"), 4)->text(), "15s");
  EXPECT_EQ(divide(d("1s"), 0).fault(), Fault::DivisionByZero);
  EXPECT_EQ(ratio(d("1s"), Duration{}).fault(), Fault::DivisionByZero);
  EXPECT_DOUBLE_EQ(*ratio(d("1h"), d("30m")), 2.0);
  const auto least = Duration::fromNanoseconds(std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(negate(least).fault(), Fault::TooLarge);
  EXPECT_EQ(divide(least, -1).fault(), Fault::TooLarge);
  EXPECT_EQ(add(least, d("-1ns")).fault(), Fault::TooLarge);
  EXPECT_EQ(multiply(d("1d"), std::int64_t{1} << 40).fault(), Fault::TooLarge);
  EXPECT_EQ(multiply(d("1d"), 1e300).fault(), Fault::TooLarge);
  EXPECT_EQ(multiply(d("1d"), std::numeric_limits<double>::quiet_NaN()).fault(), Fault::BadNumber);
  EXPECT_LT(d("59s"), d("1m"));
}

TEST(Duration, EveryStyleReadsBack) {
  std::mt19937_64 random{7};
  for (int i = 0; i < 100'000; ++i) {
    const auto value = Duration::fromNanoseconds(static_cast<std::int64_t>(random()) >> (random() % 64));
    for (const auto style : {DurationStyle::Canonical, DurationStyle::Hours, DurationStyle::Go}) ASSERT_EQ(d(value.text(style)), value) << value.text(style);
  }
}

}  // namespace
}  // namespace kdsl::units
