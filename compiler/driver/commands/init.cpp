#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "driver/command_line.hpp"
#include "driver/commands/commands.hpp"
#include "driver/output.hpp"

namespace kdsl::driver {
namespace {

struct TemplateFile {
  std::string_view path;
  std::string_view text;
};

constexpr std::string_view mainFile = R"(// What runs, the same in every environment.
import { WebService } from "std/app"

/// The version that runs.
param tag: string = "1.29"

resource web = WebService {
  name: "web"
  image: "docker.io/nginxinc/nginx-unprivileged:${tag}"
  port: 8080 // where the program listens
  ready.http: "/" // what it answers once it is ready
}
)";

constexpr std::string_view stagingFile = R"(// What is different where a version is tried: this file is a layer on top of main.kdsl.
extends "./main"

web.host: "staging.shop.example.com"
)";

constexpr std::string_view productionFile = R"(// What is different in production.
extends "./main"

web: { replicas: 3, memory: 256Mi, host: "shop.example.com" }
)";

constexpr std::string_view projectFile = R"(// What is built: a target for each environment.
name: "shop"

targets: {
  dev: { file: "./main", namespace: "shop-dev" }
  staging: { file: "./staging", namespace: "shop-staging" }
  prod: { file: "./prod", namespace: "shop", params.tag: "1.29.3" }
}
)";

constexpr std::string_view testFile = R"(// Tests: run them with `kdsl test`.
import "./prod"

test "production survives the loss of a node" {
  let made = prod {}
  check made.web.least > 2
}
)";

constexpr std::string_view readmeFile = R"(# A kdsl project

- `project.kdsl`: the targets dev, staging and prod
- `main.kdsl`: what runs
- `staging.kdsl`, `prod.kdsl`: what is different there
- `main_test.kdsl`: a test

```
kdsl build                                  # build all targets into out/
kdsl build prod -o - | kubectl apply -f -   # build one, and apply its objects
kdsl build main.kdsl -p tag=1.30            # print the objects of a file, with another parameter
kdsl diff staging prod                      # what is different in production
kdsl test                                   # run the tests
kdsl check .                                # find errors, write nothing
kdsl fmt .                                  # format all files
kdsl explain Deployment.spec.strategy       # what a field means
```
)";

constexpr std::string_view ignoreFile = R"(# What `kdsl build` makes. Take this line away to commit it: Argo CD and Flux can read it from there, and `kdsl build --check` holds it against the sources.
/out/
)";

constexpr std::array<TemplateFile, 7> templateFiles = {{{"project.kdsl", projectFile},
                                                        {"main.kdsl", mainFile},
                                                        {"staging.kdsl", stagingFile},
                                                        {"prod.kdsl", productionFile},
                                                        {"main_test.kdsl", testFile},
                                                        {"README.md", readmeFile},
                                                        {".gitignore", ignoreFile}}};

ExitCode init(const std::string& folder) {
  namespace fs = std::filesystem;
  const fs::path root = folder;
  std::error_code ignored;
  for (const auto& file : templateFiles) {
    if (fs::exists(fs::symlink_status(root / file.path, ignored))) {
      writeStandardError(
          fmt::format("kdsl init: `{}` is there already, and nothing is overwritten\n", (root / file.path).lexically_normal().string()));
      return ExitCode::Failure;
    }
  }
  for (const auto& file : templateFiles) {
    if (!writeFile((root / file.path).string(), file.text)) return ExitCode::Failure;
  }
  const auto message = fmt::format("Made {} files {}. Next: {}kdsl build\n", templateFiles.size(), folder == "." ? "here" : "in " + folder, folder == "." ? "" : "cd " + folder + " && ");
  return writeStandardOutput(message) ? ExitCode::Ok : ExitCode::Failure;
}

}  // namespace

void addInit(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("init", "Make a small working project");
  command.details(
      "Writes a project with a web service in three environments, a target each: dev, staging and prod; a test, a README and a .gitignore. Files that are there already are never "
      "overwritten.");
  const auto folder = std::make_shared<std::string>(".");
  command.text("DIR", "DIR", *folder, "The folder to make it in; it is created if need be. Default: here");
  command.example("kdsl init shop", "Make a project in the folder shop");
  command.action([folder] { return init(*folder); });
}

}  // namespace kdsl::driver
