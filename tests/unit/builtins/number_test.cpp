#include <gtest/gtest.h>

#include "toy_evaluator.hpp"

namespace kdsl::eval::test {
namespace {

class NumberBuiltins : public testing::Test, public Toy {};

TEST_F(NumberBuiltins, Extremes) {
  EXPECT_EQ(run(Builtin::min, {integer(3), integer(1), integer(2)}), "1");
  EXPECT_EQ(run(Builtin::max, {quantity("512Mi"), quantity("1Gi")}), "1Gi");
  EXPECT_EQ(run(Builtin::min, {quantity("1Gi"), quantity("1024Mi")}), "1Gi") << "the first of equal ones";
  EXPECT_EQ(run(Builtin::max, {text("a")}), R"("a")");
  EXPECT_EQ(run(Builtin::clamp, {integer(12), integer(2), integer(10)}), "10");
  EXPECT_EQ(run(Builtin::clamp, {duration("1s"), duration("2s"), duration("1m")}), "2s");
  EXPECT_EQ(run(Builtin::clamp, {integer(5), integer(2), integer(1)}), "error: `clamp` wants a `low` that is not above `high`");
}

TEST_F(NumberBuiltins, Abs) {
  EXPECT_EQ(run(Builtin::abs, {integer(-3)}), "3");
  EXPECT_EQ(run(Builtin::abs, {floating(-0.5)}), "0.5");
  EXPECT_EQ(run(Builtin::abs, {quantity("-1Gi")}), "1Gi");
  EXPECT_EQ(run(Builtin::abs, {duration("-5m")}), "5m");
  EXPECT_EQ(run(Builtin::abs, {integer(INT64_MIN)}), "error: the result does not fit 64 bits");
}

TEST_F(NumberBuiltins, Range) {
  EXPECT_EQ(run(Builtin::range, {integer(3)}), "[0, 1, 2]");
  EXPECT_EQ(run(Builtin::range, {integer(-3)}), "[]");
  const auto between = [&](std::int64_t start, std::int64_t end, Value step = Value::absent()) { return run(Builtin::range_between, {integer(start), integer(end), step}); };
  EXPECT_EQ(between(1, 3), "[1, 2]");
  EXPECT_EQ(between(0, 10, integer(4)), "[0, 4, 8]");
  EXPECT_EQ(between(10, 0, integer(-5)), "[10, 5]");
  EXPECT_EQ(between(0, 1, integer(0)), "error: `range` wants a step that is not 0");
  EXPECT_EQ(between(INT64_MAX - 1, INT64_MAX, integer(INT64_MAX)), "[9223372036854775806]");
  EXPECT_EQ(between(INT64_MIN, INT64_MAX, integer(INT64_MAX)), "[-9223372036854775808, -1, 9223372036854775806]");
  EXPECT_EQ(between(INT64_MAX, INT64_MIN, integer(INT64_MIN)), "[9223372036854775807, -1]");
  EXPECT_EQ(between(INT64_MIN, INT64_MAX), "error: the budget is used up");
}

TEST_F(NumberBuiltins, Int) {
  EXPECT_EQ(run(Builtin::int_toString, {integer(-42)}), R"("-42")");
  EXPECT_EQ(run(Builtin::int_toString, {integer(INT64_MIN), integer(2)}), "\"-1" + std::string(63, '0') + "\"");
  EXPECT_EQ(run(Builtin::int_toString, {integer(1), integer(1)}), "error: `toString` wants a base of 2 to 36, not 1");
  EXPECT_EQ(run(Builtin::int_toFloat, {integer(2)}), "2.0");
  EXPECT_EQ(run(Builtin::int_pow, {integer(-2), integer(63)}), "-9223372036854775808");
  EXPECT_EQ(run(Builtin::int_pow, {integer(7), integer(0)}), "1");
  EXPECT_EQ(run(Builtin::int_pow, {integer(1), integer(INT64_MAX)}), "1");
  EXPECT_EQ(run(Builtin::int_pow, {integer(2), integer(63)}), "error: the result does not fit 64 bits");
  EXPECT_EQ(run(Builtin::int_pow, {integer(2), integer(-1)}), "error: `pow` of an int wants an exponent of 0 or more, not -1");
}

TEST_F(NumberBuiltins, RoundedDivision) {
  const auto both = [&](std::int64_t a, std::int64_t b) { return run(Builtin::int_floorDiv, {integer(a), integer(b)}) + " " + run(Builtin::int_ceilDiv, {integer(a), integer(b)}); };
  EXPECT_EQ(both(7, 2), "3 4");
  EXPECT_EQ(both(-7, 2), "-4 -3");
  EXPECT_EQ(both(7, -2), "-4 -3");
  EXPECT_EQ(both(-7, -2), "3 4");
  EXPECT_EQ(both(6, 2), "3 3");
  EXPECT_EQ(both(5, -1), "-5 -5");
  EXPECT_EQ(both(1, 0), "error: division by zero error: division by zero");
  EXPECT_EQ(run(Builtin::int_floorDiv, {integer(INT64_MIN), integer(-1)}), "error: the result does not fit 64 bits");
}

TEST_F(NumberBuiltins, Float) {
  EXPECT_EQ(run(Builtin::float_toString, {floating(1e22)}), R"("1.0e+22")");
  EXPECT_EQ(run(Builtin::float_round, {floating(-2.5)}), "-3");
  EXPECT_EQ(run(Builtin::float_floor, {floating(-2.5)}), "-3");
  EXPECT_EQ(run(Builtin::float_ceil, {floating(-2.5)}), "-2");
  EXPECT_EQ(run(Builtin::float_trunc, {floating(-2.5)}), "-2");
  EXPECT_EQ(run(Builtin::float_round, {floating(1e19)}), "error: the result does not fit 64 bits");
  EXPECT_EQ(run(Builtin::float_floor, {floating(0x1p63)}), "error: the result does not fit 64 bits");
  EXPECT_EQ(run(Builtin::float_floor, {floating(-0x1p63)}), "-9223372036854775808");
  EXPECT_EQ(run(Builtin::float_toFixed, {floating(2.345), integer(1)}), R"("2.3")");
  EXPECT_EQ(run(Builtin::float_toFixed, {floating(2.5), integer(21)}), "error: `toFixed` wants 0 to 20 digits, not 21");
  EXPECT_EQ(run(Builtin::float_pow, {floating(2), floating(-1)}), "0.5");
  EXPECT_EQ(run(Builtin::float_pow, {floating(0), floating(-1)}), "error: the result is out of the range of floats");
  EXPECT_EQ(run(Builtin::float_pow, {integer(2), integer(3)}), "8.0") << "an int fits a float";
  EXPECT_EQ(run(Builtin::bool_toString, {Value::boolean(false)}), R"("false")");
}

TEST_F(NumberBuiltins, Quantity) {
  EXPECT_EQ(run(Builtin::quantity_toString, {quantity("0.5Gi")}), R"("0.5Gi")");
  EXPECT_EQ(run(Builtin::quantity_canonical, {quantity("0.5Gi")}), "512Mi");
  EXPECT_EQ(run(Builtin::quantity_toInt, {quantity("1Ki")}), "1024");
  EXPECT_EQ(run(Builtin::quantity_toInt, {quantity("1500m")}), "absent");
  EXPECT_EQ(run(Builtin::quantity_toFloat, {quantity("1500m")}), "1.5");
  EXPECT_EQ(run(Builtin::quantity_millis, {quantity("1.5")}), "1500");
  const auto both = [&](std::string_view value, std::string_view unit) {
    return run(Builtin::quantity_floorTo, {quantity(value), text(unit)}) + " " + run(Builtin::quantity_ceilTo, {quantity(value), text(unit)});
  };
  EXPECT_EQ(both("1500Ki", "Mi"), "1 2");
  EXPECT_EQ(both("-1500Ki", "Mi"), "-2 -1");
  EXPECT_EQ(both("2Gi", "Mi"), "2048 2048");
  EXPECT_EQ(both("1500m", ""), "1 2");
  EXPECT_EQ(run(Builtin::quantity_ceilTo, {quantity("1"), text("MB")}), "error: `MB` is no unit of a Quantity; there are n, u, m, \"\", k, M, G, T, P, E, Ki, Mi, Gi, Ti, Pi and Ei");
  EXPECT_EQ(run(Builtin::quantity_ceilTo, {quantity("7Ei"), text("n")}).substr(0, 18), "error: the result ");
}

TEST_F(NumberBuiltins, Duration) {
  EXPECT_EQ(run(Builtin::duration_toString, {duration("90s")}), R"("1m30s")");
  EXPECT_EQ(run(Builtin::duration_go, {duration("7d")}), R"("168h0m0s")");
  EXPECT_EQ(run(Builtin::duration_seconds, {duration("1500ms")}), "1.5");
  EXPECT_EQ(run(Builtin::duration_millis, {duration("1500us")}), "2");
  const auto both = [&](std::string_view value, std::string_view unit) {
    return run(Builtin::duration_floorTo, {duration(value), text(unit)}) + " " + run(Builtin::duration_ceilTo, {duration(value), text(unit)});
  };
  EXPECT_EQ(both("90s", "m"), "1 2");
  EXPECT_EQ(both("-90s", "m"), "-2 -1");
  EXPECT_EQ(both("2d", "h"), "48 48");
  EXPECT_EQ(run(Builtin::duration_ceilTo, {duration("1s"), text("w")}), "error: `w` is no unit of a Duration; there are ns, us, ms, s, m, h and d");
}

TEST_F(NumberBuiltins, DurationInIso8601) {
  const auto iso = [&](std::string_view value) { return std::string(call(Builtin::duration_iso, {duration(value)}).asString()); };
  EXPECT_EQ(iso("0"), "PT0S");
  EXPECT_EQ(iso("7d"), "P7D");
  EXPECT_EQ(iso("1d1h"), "P1DT1H");
  EXPECT_EQ(iso("1h30m"), "PT1H30M");
  EXPECT_EQ(iso("1h500ms"), "PT1H0.5S");
  EXPECT_EQ(iso("-90s"), "-PT1M30S");
}

}  // namespace
}  // namespace kdsl::eval::test
