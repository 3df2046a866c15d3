#pragma once
// Streams YAML into one string: lists at their parent's indentation, `---` between documents, a newline at the end.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kdsl::codec {

/// An EventWriter. Appends to `out`, which outlives it; what is there already is kept. Every string is read back equal by every YAML reader;
/// see yaml_scalar.hpp for the rule. Linear, and allocates only by growing `out` and the stack of open collections.
class YamlWriter {
 public:
  explicit YamlWriter(std::string& out) : out_(out) {}
  YamlWriter(const YamlWriter&) = delete;
  YamlWriter& operator=(const YamlWriter&) = delete;

  /// The first document has no `---` line, each later one has.
  void beginDocument();
  void endDocument();

  void beginMap() { open(false); }
  void endMap() { close("{}"); }
  void beginList() { open(true); }
  void endList() { close("[]"); }
  void key(std::string_view text);

  void string(std::string_view text);
  void integer(std::int64_t value);
  /// See appendFloat. Infinities and NaN are `.inf` and `.nan`.
  void floating(double value);
  void boolean(bool value) { scalar(value ? "true" : "false"); }
  void null() { scalar("null"); }

  /// `# text`, a line for each line of `text`, before the next key, list item or value of a document. Control characters become spaces.
  void comment(std::string_view text);

 private:
  enum class At : std::uint8_t { LineStart, AfterKey, AfterDash };
  struct Frame {
    std::uint32_t indent;
    bool isList;
    bool isEmpty;
  };

  void open(bool isList);
  void close(std::string_view ifEmpty);
  void startLine(Frame& frame);
  void beforeScalar();
  void scalar(std::string_view text);

  std::string& out_;
  std::vector<Frame> frames_;
  At at_ = At::LineStart;
  bool hasDocument_ = false;
};

}  // namespace kdsl::codec
