#include "units/quantity.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <random>
#include <string>

namespace kdsl::units {
namespace {

Quantity q(std::string_view text) {
  const auto result = Quantity::parse(text);
  EXPECT_TRUE(result) << text << ' ' << explain(result.fault());
  return result ? *result : Quantity{};
}

Fault fault(std::string_view text) { return Quantity::parse(text).fault(); }

TEST(Quantity, PrintsAsWritten) {
  for (const std::string text : {"0", "1", "512Mi", "250m", "1.5Gi", "2", "1e3", "1E3", "1e+3", "1e-3", "1e03", "+1", "-1", "-0", "007", ".5", "1.", "1.G", "1.50", "0.100",
                                 "9223372036854775807", "1n", "3u", "7k", "7M", "7G", "7T", "7P", "7E", "7Ki", "7Ti", "7Pi", "7Ei", "0.000000001", "-1.5Ei"}) {
    EXPECT_EQ(q(text).text(), text);
  }
}

TEST(Quantity, ComparesByValue) {
  EXPECT_EQ(q("1"), q("1000m"));
  EXPECT_EQ(q("0.1"), q("100m"));
  EXPECT_EQ(q("1.5Gi"), q("1536Mi"));
  EXPECT_EQ(q("1Ki"), q("1024"));
  EXPECT_EQ(q("1E3"), q("1k"));
  EXPECT_EQ(q("1e3"), q("1k"));
  EXPECT_EQ(q("1E"), q("1e18"));
  EXPECT_EQ(q("-0"), q("0"));
  EXPECT_LT(q("512m"), q("1"));
  EXPECT_LT(q("1G"), q("1Gi"));
  EXPECT_GT(q("7Ei"), q("8E"));
  EXPECT_LT(q("-2"), q("-1"));
  EXPECT_EQ(q("1").hash(), q("1000m").hash());
  EXPECT_NE(q("1").hash(), q("2").hash());
  EXPECT_FALSE(Quantity::sameSpelling(q("1"), q("1000m")));
  EXPECT_TRUE(Quantity::sameSpelling(q("1.50Gi"), q("1.50Gi")));
}

TEST(Quantity, RejectsWhatTheApiServerRejects) {
  EXPECT_EQ(fault(""), Fault::Empty);
  for (const std::string_view text : {".", "+", "-", "Mi", "m", "abc", " 1", "--1", "+-1", "\xff"}) EXPECT_EQ(fault(text), Fault::BadNumber) << text;
  for (const std::string_view text : {"1K", "1kb", "1MB", "1 ", "1 Mi", "1KI", "1mi", "1ki", "1e", "1e+", "1ex", "1e1.5", "1Mib", "1.2.3", "1,5", "1_000", "1i", "0x1", "1Eii"})
    EXPECT_EQ(fault(text), Fault::UnknownSuffix) << text;
  EXPECT_EQ(fault("0.0000000001"), Fault::TooFine);
  EXPECT_EQ(fault("1.5n"), Fault::TooFine);
  EXPECT_EQ(fault("1e-10"), Fault::TooFine);
  EXPECT_EQ(fault("1e-99"), Fault::TooFine);
  EXPECT_EQ(fault("1e-1000000000000"), Fault::TooFine);
  for (const std::string_view text : {"8Ei", "10E", "9223372036854775808", "-9Ei", "1e19", "1e99", "1e999999999999", "99999999999999999999999"}) EXPECT_EQ(fault(text), Fault::TooLarge) << text;
  EXPECT_EQ(fault(std::string(100'000, '1')), Fault::TooLarge);
  EXPECT_EQ(q("0e99").text(), "0e99");
}

TEST(Quantity, IsExactAtItsLimits) {
  EXPECT_EQ(*q("9223372036854775807").toInteger(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(*q("-9223372036854775807").toInteger(), -std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(*q("1.000000000000000000E").toInteger(), 1'000'000'000'000'000'000);
  EXPECT_EQ(*q("0.5Ki").toInteger(), 512);
  EXPECT_EQ(q("0.1Ki").toInteger().fault(), Fault::NotWhole);
  EXPECT_EQ(q("0.1Ki"), q("102.4"));
  EXPECT_EQ(q("0.000000001Gi"), q("1.073741824"));
  EXPECT_DOUBLE_EQ(q("1.5").toDouble(), 1.5);
  EXPECT_DOUBLE_EQ(q("100m").toDouble(), 0.1);
}

TEST(Quantity, ResultsAreInTheFamilyOfTheLeftOperand) {
  EXPECT_EQ(add(q("1.5Gi"), q("512Mi"))->text(), "2Gi");
  EXPECT_EQ(add(q("1Gi"), q("1G"))->text(), "2073741824");
  EXPECT_EQ(add(q("1G"), q("1Ki"))->text(), "1000001024");
  EXPECT_EQ(add(q("500m"), q("1"))->text(), "1500m");
  EXPECT_EQ(add(q("1000m"), q("1000m"))->text(), "2");
  EXPECT_EQ(add(q("1e3"), q("1k"))->text(), "2e3");
  EXPECT_EQ(add(q("1e3"), q("1m"))->text(), "1000001e-3");
  EXPECT_EQ(subtract(q("1Gi"), q("1Mi"))->text(), "1023Mi");
  EXPECT_EQ(subtract(q("1"), q("1"))->text(), "0");
  EXPECT_EQ(subtract(q("1"), q("1.5"))->text(), "-500m");
  EXPECT_EQ(negate(q("1.50Gi"))->text(), "-1.50Gi");
  EXPECT_EQ(negate(q("+1"))->text(), "-1");
  EXPECT_EQ(negate(q("-0"))->text(), "0");
  EXPECT_EQ(add(q("9223372036854775807"), q("1")).fault(), Fault::TooLarge);
  EXPECT_EQ(subtract(q("-9223372036854775807"), q("1n")).fault(), Fault::TooLarge);
}

TEST(Quantity, MultipliesAndDivides) {
  EXPECT_EQ(multiply(q("512Mi"), q("3"))->text(), "1536Mi");
  EXPECT_EQ(multiply(q("512Mi"), q("0.75"))->text(), "384Mi");
  EXPECT_EQ(multiply(q("250m"), q("4"))->text(), "1");
  EXPECT_EQ(multiply(q("1"), q("0.0001"))->text(), "100u");
  EXPECT_EQ(multiply(q("7Ei"), q("2")).fault(), Fault::TooLarge);
  EXPECT_EQ(multiply(q("7Ei"), q("7Ei")).fault(), Fault::TooLarge);
  EXPECT_EQ(divide(q("1Gi"), q("2"))->text(), "512Mi");
  EXPECT_EQ(divide(q("1Gi"), q("3"))->text(), "357913942");    // whole bytes, up
  EXPECT_EQ(divide(q("-1Gi"), q("3"))->text(), "-357913941");  // up is towards +infinity
  EXPECT_EQ(divide(q("1"), q("3"))->text(), "334m");
  EXPECT_EQ(divide(q("1"), q("8"))->text(), "125m");
  EXPECT_EQ(divide(q("1u"), q("3"))->text(), "334n");
  EXPECT_EQ(divide(q("1"), q("0")).fault(), Fault::DivisionByZero);
  EXPECT_DOUBLE_EQ(*ratio(q("1Gi"), q("512Mi")), 2.0);
  EXPECT_EQ(ratio(q("1"), q("0m")).fault(), Fault::DivisionByZero);
  // A computed number of bytes stays one.
  EXPECT_EQ(divide(*divide(q("1Gi"), q("3")), q("7"))->text(), "51130564");
}

TEST(Quantity, CanonicalFormIsKubernetes) {
  EXPECT_EQ(q("1024Mi").canonicalText(), "1Gi");
  EXPECT_EQ(q("0.1").canonicalText(), "100m");
  EXPECT_EQ(q("1.5Gi").canonicalText(), "1536Mi");
  EXPECT_EQ(q("2000000").canonicalText(), "2M");
  EXPECT_EQ(q("0.5Mi").canonicalText(), "512Ki");
  EXPECT_EQ(q("0.5Ki").canonicalText(), "512");
  EXPECT_EQ(q("0.1Ki").canonicalText(), "102400m");
  EXPECT_EQ(q("1000e0").canonicalText(), "1e3");
  EXPECT_EQ(q("0Mi").canonicalText(), "0");
  EXPECT_EQ(q("+1.000").canonicalText(), "1");
}

TEST(Quantity, CountsUnits) {
  EXPECT_EQ(*q("1500Ki").ceilTo(Suffix::Mebi), 2);
  EXPECT_EQ(*q("1Gi").ceilTo(Suffix::Mebi), 1024);
  EXPECT_EQ(*q("-1500Ki").ceilTo(Suffix::Mebi), -1);
  EXPECT_EQ(*q("1.5").millis(), 1500);
  EXPECT_EQ(*q("1n").millis(), 1);
  EXPECT_EQ(q("7Ei").millis().fault(), Fault::TooLarge);
}

TEST(Quantity, FromNumbers) {
  EXPECT_EQ(Quantity::fromInteger(2).text(), "2");
  EXPECT_EQ(Quantity::fromDouble(0.1)->text(), "0.1");
  EXPECT_EQ(Quantity::fromDouble(2.0)->text(), "2");
  EXPECT_EQ(Quantity::fromDouble(1e15)->text(), "1000000000000000");
  EXPECT_EQ(Quantity::fromDouble(1e300).fault(), Fault::TooLarge);
  EXPECT_EQ(Quantity::fromDouble(1e-300).fault(), Fault::TooFine);
  EXPECT_EQ(Quantity::fromDouble(1.0 / 3).fault(), Fault::TooFine);
  EXPECT_EQ(Quantity::fromDouble(std::numeric_limits<double>::infinity()).fault(), Fault::BadNumber);
  EXPECT_EQ(Quantity::fromDouble(std::numeric_limits<double>::quiet_NaN()).fault(), Fault::BadNumber);
}

TEST(Quantity, FromIntegerHoldsEveryInteger) {
  constexpr auto lowest = std::numeric_limits<std::int64_t>::min();
  const auto least = Quantity::fromInteger(lowest);
  EXPECT_EQ(least.text(), "-9223372036854775808");
  EXPECT_EQ(*least.toInteger(), lowest);
  EXPECT_LT(least, q("-9223372036854775807"));
  EXPECT_EQ(negate(least).fault(), Fault::TooLarge);
}

TEST(Quantity, SuggestsSuffixes) {
  EXPECT_EQ(probableSuffix("K"), "k");
  EXPECT_EQ(probableSuffix("kb"), "k");
  EXPECT_EQ(probableSuffix("MB"), "M");
  EXPECT_EQ(probableSuffix("gi"), "Gi");
  EXPECT_EQ(probableSuffix("MiB"), "Mi");
  EXPECT_EQ(probableSuffix("x"), "");
  EXPECT_EQ(probableSuffix(""), "");
  EXPECT_EQ(probableSuffix("MiBs"), "");
  EXPECT_EQ(probableSuffix("min"), "m");
  EXPECT_EQ(probableSuffix("days"), "d");
}

// Laws over random quantities: text round-trips, canonical text has the same value, a + b - b == a.
TEST(Quantity, Laws) {
  std::mt19937_64 random{20240611};
  constexpr std::string_view suffixes[] = {"", "n", "u", "m", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti", "e2", "E-3", "e+1"};
  unsigned checked = 0;
  for (int i = 0; i < 100'000; ++i) {
    auto make = [&] {
      std::string text = random() % 4 == 0 ? "-" : "";
      text += std::to_string(random() % (std::uint64_t{1} << (random() % 40)));
      if (random() % 2 == 0) text += "." + std::to_string(random() % 1000);
      return text + std::string(suffixes[random() % std::size(suffixes)]);
    };
    const std::string first = make();
    const std::string second = make();
    const auto a = Quantity::parse(first);
    const auto b = Quantity::parse(second);
    if (!a || !b) continue;
    ASSERT_EQ(a->text(), first);
    ASSERT_EQ(q(a->canonicalText()), *a) << first;
    ASSERT_EQ(a->canonical().canonicalText(), a->canonicalText());
    const auto sum = add(*a, *b);
    if (!sum) continue;
    const auto back = subtract(*sum, *b);
    if (!back) continue;  // more than 18 digits
    ASSERT_EQ(*back, *a) << first << ' ' << second;
    ++checked;
    ASSERT_EQ(q(sum->text()), *sum);
    ASSERT_EQ(*sum > *a, *b > Quantity{});
  }
  EXPECT_GT(checked, 50'000u);
}

}  // namespace
}  // namespace kdsl::units
