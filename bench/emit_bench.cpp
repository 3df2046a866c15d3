// How fast the writers are, in MB of output a second; against writing the same bytes to a file, and against copying them.
// usage: emit_bench [ROUNDS]
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <string_view>

#include "codec/data.hpp"
#include "codec/read.hpp"
#include "emit/writers.hpp"

namespace {

using kdsl::codec::Data;

constexpr std::string_view kDeployment = R"({
  "apiVersion": "apps/v1", "kind": "Deployment",
  "metadata": {"name": "checkout", "namespace": "shop", "labels": {"app.kubernetes.io/name": "checkout", "app.kubernetes.io/version": "1.4.2"}},
  "spec": {
    "replicas": 3,
    "selector": {"matchLabels": {"app.kubernetes.io/name": "checkout"}},
    "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": 0}},
    "template": {
      "metadata": {"labels": {"app.kubernetes.io/name": "checkout"}, "annotations": {"prometheus.io/scrape": "true", "prometheus.io/port": "8080"}},
      "spec": {
        "serviceAccountName": "checkout", "terminationGracePeriodSeconds": 30,
        "securityContext": {"runAsNonRoot": true, "runAsUser": 1000, "seccompProfile": {"type": "RuntimeDefault"}},
        "containers": [{
          "name": "checkout", "image": "ghcr.io/acme/checkout:1.4.2", "args": ["--listen=:8080", "--verbose"],
          "ports": [{"name": "http", "containerPort": 8080}],
          "env": [{"name": "LOG_LEVEL", "value": "info"}, {"name": "REDIS_ADDR", "value": "redis:6379"}, {"name": "RATE", "value": "20"},
                  {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "checkout", "key": "password"}}}],
          "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
          "readinessProbe": {"httpGet": {"path": "/ready", "port": "http"}, "periodSeconds": 5},
          "volumeMounts": [{"name": "config", "mountPath": "/etc/checkout", "readOnly": true}]
        }],
        "volumes": [{"name": "config", "configMap": {"name": "checkout-6f7d9"}}, {"name": "tmp", "emptyDir": {}}]
      }
    }
  }
})";

constexpr int kDocuments = 5000;

template <typename Writer>
void writeAll(std::string& out, const Data& data) {
  Writer writer{out};
  for (int i = 0; i < kDocuments; ++i) {
    writer.beginDocument();
    kdsl::codec::writeData(writer, data);
    writer.endDocument();
  }
}

/// The least processor time of some rounds, in seconds: other programs on the machine count little.
template <typename Work>
double fastest(int rounds, Work work) {
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const auto begin = std::clock();
    work();
    best = std::min(best, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
  }
  return best;
}

template <typename Writer>
void measure(const char* name, const Data& data, int rounds) {
  std::string out;
  const double writing = fastest(rounds, [&] {
    out.clear();
    writeAll<Writer>(out, data);
  });
  std::string copy(out.size(), '\0');
  const double copying = fastest(rounds, [&] { std::memcpy(copy.data(), out.data(), out.size()); });
  std::FILE* file = std::tmpfile();
  const double saving = file == nullptr ? 0 : fastest(rounds, [&] {
    std::rewind(file);
    (void)!ftruncate(fileno(file), 0);
    std::fwrite(out.data(), 1, out.size(), file);
    std::fflush(file);
  });
  if (file != nullptr) std::fclose(file);
  const double megabytes = static_cast<double>(out.size()) / 1e6;
  std::printf("%-5s %6.1f MB  %7.0f MB/s  %5.2f times the time of writing it to a file  %5.1f times memcpy's  (%.2f us a Deployment)\n", name, megabytes,
              megabytes / writing, saving == 0 ? 0 : writing / saving, writing / copying, writing / kDocuments * 1e6);
}

}  // namespace

int main(int argc, char** argv) {
  const int rounds = argc > 1 ? std::atoi(argv[1]) : 10;
  const auto read = kdsl::codec::readJson(kDeployment);
  if (!read.ok()) {
    std::fprintf(stderr, "the sample is broken: %s\n", kdsl::codec::describe(*read.firstError()).c_str());
    return 1;
  }
  measure<kdsl::emit::YamlWriter>("YAML", read.documents.front(), rounds);
  measure<kdsl::emit::JsonWriter>("JSON", read.documents.front(), rounds);
  return 0;
}
