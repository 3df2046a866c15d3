#pragma once
// The kinds of operators that modules of the standard library declare, for what is converted to kdsl.
#include "convert/foreign_kinds.hpp"
#include "query/session.hpp"

namespace kdsl::query {

/// Reads the library when it is first asked, in a session of its own. Not thread-safe.
class LibraryKinds final : public convert::ForeignKinds {
 public:
  explicit LibraryKinds(int kubernetesMinor);
  ~LibraryKinds() override;

  std::optional<convert::ForeignKind> find(std::string_view apiVersion, std::string_view kind) override;
  const convert::PlaceTypes& types() const override;
  std::optional<std::string> faultOf(const std::string& module) override;

 private:
  class Places;
  int kubernetesMinor_;
  std::unique_ptr<Session> session_;
  std::unique_ptr<Places> places_;
  void open();
};

}  // namespace kdsl::query
