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

constexpr std::string_view mainFile = R"(/// The version of the web server.
param tag: string = "1.29"
param replicas: int(1..) = 2

let labels = { app: "web" }

resource deployment = Deployment {
  metadata: { name: "web", labels: labels }
  spec: {
    replicas: replicas
    selector.matchLabels: labels
    template: {
      metadata.labels: labels
      spec.containers: [
        {
          name: "web"
          image: "nginx:${tag}"
          ports: [{ name: "http", containerPort: 80 }]
          resources: { requests: { cpu: 100m, memory: 64Mi }, limits.memory: 64Mi }
          readinessProbe.httpGet: { path: "/", port: "http" }
        }
      ]
    }
  }
}

resource service = Service {
  metadata: { name: "web", labels: labels }
  spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] }
}
)";

constexpr std::string_view productionFile = R"(// What is different in production: this file is a layer on top of main.kdsl.
extends "./main"

replicas: 5
deployment.spec.template.spec.containers.web.resources.limits.memory: 256Mi
)";

constexpr std::string_view projectFile = R"(// What is built, and for which Kubernetes.
name: "web"

targets: {
  dev: { file: "./main", namespace: "dev" }
  prod: { file: "./prod", namespace: "prod", params.tag: "1.29.3" }
}
)";

constexpr std::string_view testFile = R"(// Tests: run them with `kdsl test`.
import "./prod"

test "production survives the loss of a node" {
  let made = prod {}
  check made.deployment.spec.replicas > 2
}
)";

constexpr std::string_view readmeFile = R"(# A kdsl project

- `project.kdsl`: the targets, dev and prod
- `main.kdsl`: a Deployment and a Service
- `prod.kdsl`: what is different in production
- `main_test.kdsl`: a test

```
kdsl build                                  # build all targets into out/
kdsl build prod -o - | kubectl apply -f -   # build one, and apply its objects
kdsl build main.kdsl -p replicas=3          # print the objects of a file, with another parameter
kdsl test                                   # run the tests
kdsl check .                                # find errors, write nothing
kdsl fmt .                                  # format all files
```
)";

constexpr std::string_view ignoreFile = "/out/\n";

constexpr std::array<TemplateFile, 6> templateFiles = {
    {{"project.kdsl", projectFile}, {"main.kdsl", mainFile}, {"prod.kdsl", productionFile}, {"main_test.kdsl", testFile}, {"README.md", readmeFile}, {".gitignore", ignoreFile}}};

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
  const auto message = fmt::format("Made {} files in {}. Next: {}kdsl build\n", templateFiles.size(), folder, folder == "." ? "" : "cd " + folder + " && ");
  return writeStandardOutput(message) ? ExitCode::Ok : ExitCode::Failure;
}

}  // namespace

void addInit(CommandLine& commandLine) {
  auto& command = commandLine.addCommand("init", "Make a small working project");
  command.details(
      "Writes a project with two targets: a Deployment with a Service, and a production variant of them; a test, a README and a .gitignore. Files that are there already are never "
      "overwritten.");
  const auto folder = std::make_shared<std::string>(".");
  command.text("DIR", "DIR", *folder, "The folder to make it in; it is created if need be. Default: here");
  command.example("kdsl init shop", "Make a project in the folder shop");
  command.action([folder] { return init(*folder); });
}

}  // namespace kdsl::driver
