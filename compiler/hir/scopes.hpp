#pragma once
// The names of locals while a file is lowered.
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "base/symbol.hpp"
#include "hir/ids.hpp"

namespace kdsl::hir {

/// A stack of nested scopes. Declaring and finding take constant time however many scopes there are.
class LocalScopes {
 public:
  /// One scope; what is declared while it lives goes away with it. Scopes end in the reverse order of their beginning.
  class Scope {
   public:
    explicit Scope(LocalScopes& scopes) : scopes_(scopes), begin_(scopes.begin_), size_(scopes.bindings_.size()) { scopes.begin_ = size_; }
    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;
    ~Scope() {
      scopes_.truncate(size_);
      scopes_.begin_ = begin_;
    }

   private:
    LocalScopes& scopes_;
    std::size_t begin_;
    std::size_t size_;
  };

  /// A scope from which none of the enclosing ones can be seen.
  class Isolated {
   public:
    explicit Isolated(LocalScopes& scopes) : scopes_(scopes), floor_(scopes.floor_), scope_(scopes) {
      scopes.floor_ = scopes.bindings_.size();
    }
    Isolated(const Isolated&) = delete;
    Isolated& operator=(const Isolated&) = delete;
    ~Isolated() { scopes_.floor_ = floor_; }

   private:
    LocalScopes& scopes_;
    std::size_t floor_;
    Scope scope_;
  };

  /// Binds a name in the innermost scope. If that scope has the name already, its local is returned and keeps the name; else none.
  LocalId declare(base::Symbol name, LocalId local) {
    auto& innermost = innermost_[name];  // position in bindings_, plus one; 0: unbound
    if (innermost > begin_) return bindings_[innermost - 1].local;
    bindings_.push_back({name, local, innermost});
    innermost = bindings_.size();
    return base::none<LocalId>;
  }

  LocalId find(base::Symbol name) const {
    if (bindings_.size() == floor_) return base::none<LocalId>;
    const auto found = innermost_.find(name);
    if (found == innermost_.end() || found->second <= floor_) return base::none<LocalId>;
    return bindings_[found->second - 1].local;
  }

 private:
  struct Binding {
    base::Symbol name;
    LocalId local;
    std::size_t shadowed;  // what innermost_ held before
  };

  void truncate(std::size_t size) {
    while (bindings_.size() > size) {
      innermost_[bindings_.back().name] = bindings_.back().shadowed;
      bindings_.pop_back();
    }
  }

  std::vector<Binding> bindings_;
  std::unordered_map<base::Symbol, std::size_t> innermost_;
  std::size_t begin_ = 0;
  std::size_t floor_ = 0;
};

}  // namespace kdsl::hir
