// How long an editor waits in process: a file of about 300 lines is checked again after an edit of one character, in a fresh place each time.
// usage: edit_bench [ROUNDS] [FILE…]   without files: made-up modules, by names and types and with evaluation
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "query/session.hpp"

namespace {

using namespace kdsl;

constexpr int linesWanted = 300;
constexpr double targetMilliseconds = 2;

/// One instance of 15 lines.
std::string piece(int number) {
  const auto name = "web" + std::to_string(number);
  return "/// Serves part " + std::to_string(number) + ".\nresource " + name + " = App {\n  name: \"" + name + "\"\n  replicas: " + std::to_string(number % 7 + 1) +
         "\n  env: { LOG_LEVEL: \"info\", PART: \"" + std::to_string(number) +
         "\" }\n  memory: 256Mi\n  host: \"shop.example.com\"\n}\n" + name +
         ".deployment.spec.template.spec: {\n  terminationGracePeriodSeconds: 30\n  containers.web: {\n    imagePullPolicy: \"IfNotPresent\"\n    ports: [{ containerPort: 8080 }]\n  }\n}\n";
}

std::string module() {
  std::string text = R"(component App {
  param name: string
  param replicas: int(0..) = 2
  param memory: Quantity = 128Mi
  param env: {[string]: string} = {}
  param host: string?
  let labels = { app: name }
  check enough: replicas > 0 else "no replicas: ${replicas}"
  resource deployment = Deployment {
    metadata: { name, labels }
    spec: {
      replicas
      selector.matchLabels: labels
      template: {
        metadata.labels: labels
        spec.containers: { web: { image: "registry.example.com/${name}:1", env: [for (k, v in env) { name: k, value: v }], resources.limits.memory: memory } }
      }
    }
  }
}
)";
  auto lines = std::count(text.begin(), text.end(), '\n');
  for (int number = 0; lines + 15 <= linesWanted; ++number, lines += 15) text += piece(number);
  return text;
}

/// Places where a digit stands alone: exchanging it keeps the program valid, and changes a value.
std::vector<std::size_t> digitsOf(const std::string& text) {
  std::vector<std::size_t> found;
  const auto isDigit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  for (std::size_t at = 2; at + 1 < text.size(); ++at) {
    if (isDigit(at) && text[at - 1] == ' ' && text[at + 1] == '\n' && text[at - 2] == ':') found.push_back(at);
  }
  return found;
}

/// Processor time of this thread in milliseconds: other programs on the machine count little.
double now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

/// Median and worst of some rounds, in milliseconds.
struct Times {
  double median = 0;
  double worst = 0;
};

template <typename Work>
Times measure(query::Session& session, source::FileId file, std::string text, int rounds, Work check) {
  const auto digits = digitsOf(text);
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) {
    auto& digit = text[digits[static_cast<std::size_t>(round) * 7 % digits.size()]];
    digit = digit == '5' ? '6' : '5';
    auto copy = text;
    const auto begin = now();
    session.setText(file, std::move(copy));
    check();
    times.push_back(now() - begin);
  }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times.back()};
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::max(1, std::atoi(arguments[1])) : 200;
  std::vector<std::pair<std::string, std::string>> texts;
  for (int i = 2; i < count; ++i) {
    std::ifstream file(arguments[i]);
    std::stringstream text;
    text << file.rdbuf();
    texts.emplace_back(arguments[i], text.str());
  }
  if (texts.empty()) texts.emplace_back("made-up module", module());
  bool good = true;
  for (const auto& [name, text] : texts) {
    query::onLargeStack([&, &name = name, &text = text] {
      query::Session session;
      const auto file = session.openText(name == "made-up module" ? "<bench>" : name, text);
      const auto problems = session.check(file).size();
      if (digitsOf(text).empty()) return;
      const auto types = measure(session, file, text, rounds, [&] { (void)session.staticErrors(file); });
      const auto all = measure(session, file, text, rounds, [&] { (void)session.check(file); });
      std::printf("%-32s %5td lines %4zu findings   names and types %6.2f ms (worst %6.2f)   with evaluation %6.2f ms (worst %6.2f)   target %.0f ms\n", name.c_str(),
                  std::count(text.begin(), text.end(), '\n'), problems, types.median, types.worst, all.median, all.worst, targetMilliseconds);
      good = good && types.median <= targetMilliseconds;
    });
  }
  return good ? 0 : 1;
}
