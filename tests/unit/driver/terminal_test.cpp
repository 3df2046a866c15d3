#include "driver/terminal.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>

namespace kdsl::driver {
namespace {

class WantsColor : public ::testing::Test {
 protected:
  WantsColor() {
    ::unsetenv("NO_COLOR");
    ::unsetenv("CLICOLOR_FORCE");
    file = ::open("/dev/null", O_WRONLY);
  }
  ~WantsColor() override { ::close(file); }

  int file;  // no terminal
};

TEST_F(WantsColor, TheOptionDecides) {
  ::setenv("NO_COLOR", "1", 1);
  EXPECT_TRUE(wantsColor(ColorChoice::Always, file));
  ::setenv("CLICOLOR_FORCE", "1", 1);
  EXPECT_FALSE(wantsColor(ColorChoice::Never, file));
}

TEST_F(WantsColor, NotOnFiles) { EXPECT_FALSE(wantsColor(ColorChoice::Auto, file)); }

TEST_F(WantsColor, TheEnvironmentForces) {
  ::setenv("CLICOLOR_FORCE", "0", 1);
  EXPECT_FALSE(wantsColor(ColorChoice::Auto, file));
  ::setenv("CLICOLOR_FORCE", "1", 1);
  EXPECT_TRUE(wantsColor(ColorChoice::Auto, file));
  ::setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(wantsColor(ColorChoice::Auto, file));
  ::setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(wantsColor(ColorChoice::Auto, file));
}

TEST(ColumnsOf, WithoutATerminal) { EXPECT_EQ(columnsOf(-1), 120u); }

}  // namespace
}  // namespace kdsl::driver
