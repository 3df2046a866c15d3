// From the built-ins of types to their implementations.
#include <array>

#include "eval/builtins/tables.hpp"

namespace kdsl::eval {
namespace builtins {

std::span<const std::span<const Implementation>> allImplementations() {
  static const std::array all = {
      stringImplementations(),   stringCaseImplementations(), stringConvertImplementations(), regexImplementations(),     encodingImplementations(),
      hashingImplementations(),  documentImplementations(),   numberImplementations(),        unitImplementations(),      listImplementations(),
      listOrderImplementations(), listGroupImplementations(), mapImplementations(),
  };
  return all;
}

}  // namespace builtins

BuiltinFunction implementation(types::Builtin builtin) {
  static const auto byId = [] {
    std::array<BuiltinFunction, static_cast<std::size_t>(types::Builtin::count)> functions{};
    for (const auto& table : builtins::allImplementations()) {
      for (const auto& entry : table) functions[static_cast<std::size_t>(entry.id)] = entry.function;
    }
    return functions;
  }();
  return byId[static_cast<std::size_t>(builtin)];
}

}  // namespace kdsl::eval
