#pragma once
// The names that the objects of a build have: what other objects can refer to.
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "query/session.hpp"

namespace kdsl::query {

struct BuildNames {
  struct Object {
    std::set<std::string> keys;   // of the data of a ConfigMap or Secret
    std::set<std::string> ports;  // names, of a Service or of containers
    std::set<std::string> portNumbers;
  };
  /// By the field that holds a list of named elements and the field that names them: `containers`, `name` → the names, each with an object that has it.
  std::map<std::pair<std::string, std::string>, std::map<std::string, std::string>> elements;
  std::map<std::string, std::map<std::string, Object>> kinds;  // kind → name
  std::map<std::string, std::set<std::string>> labels;         // key → values

  /// Of a build that was written as YAML. O(size of the objects).
  static BuildNames of(const BuildResult& build);
};

}  // namespace kdsl::query
