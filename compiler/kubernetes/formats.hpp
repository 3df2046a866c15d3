#pragma once
// The forms of text that the API server asks for where the schema says no more than "string".
#include <cstdint>
#include <string>
#include <string_view>

namespace kdsl::kubernetes {

enum class TextFormat : std::uint8_t {
  DnsLabel,          ///< container, volume, port of a Service
  PortName,          ///< container port, probe, targetPort
  LabelKey,          ///< key of a label, annotation or taint: `[prefix/]name`
  LabelValue,
  EnvironmentName,
  DataKey,           ///< entry of a ConfigMap or Secret
  IngressHost,       ///< DNS name; the first label may be `*`
  IngressPath,       ///< of pathType Exact and Prefix
  CronSchedule,
  TimeZone,          ///< by its form; whether the zone exists is the server's to know
  PodFieldPath,      ///< what the downward API gives to a variable
  RelativePath,      ///< no `..`, not absolute
  HeaderName,
  ObjectName,        ///< DNS labels joined by dots: of most objects
};

/// What `text` should look like, as the end of a sentence ("`x` is no …: …"); empty if it is fine. O(length).
/// Sources: apimachinery's validation of names, the core and networking groups' validation, the cron parser of the CronJob controller.
std::string formatViolation(TextFormat format, std::string_view text);

/// `port name`: what a text of the format is.
std::string_view formatName(TextFormat format);

}  // namespace kdsl::kubernetes
