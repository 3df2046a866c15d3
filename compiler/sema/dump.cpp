#include "sema/dump.hpp"

#include <fmt/format.h>

namespace kdsl::sema {

namespace {

using hir::ItemKind;

class TypeDumper {
 public:
  TypeDumper(const Workspace& workspace, const CheckedModule& module) : workspace_(workspace), module_(module), hir_(*module.hir) {}

  std::string run() {
    item(hir::moduleItem, 0);
    locals();
    return std::move(out_);
  }

 private:
  void item(hir::ItemId id, int depth) {
    const auto& declared = hir_[id];
    if (declared.kind == ItemKind::Import) return;
    const auto type = workspace_.types().print(module_.itemTypes[base::index(id)]);
    out_.append(static_cast<std::size_t>(depth) * 2, ' ');
    switch (declared.kind) {
      case ItemKind::Module: out_ += fmt::format("module {}{}\n", type, base(id)); break;
      case ItemKind::Component:
      case ItemKind::Schema: out_ += fmt::format("{} {}{}\n", hir::wordOf(declared.kind), type, base(id)); break;
      case ItemKind::Fn: out_ += fmt::format("fn {}({}): {}\n", base::text(declared.name), parameters(declared), type); break;
      case ItemKind::Policy: out_ += fmt::format("policy {}\n", base::text(declared.name)); break;
      case ItemKind::Test: out_ += fmt::format("test \"{}\"\n", base::text(declared.name)); break;
      case ItemKind::TypeAlias: out_ += fmt::format("type {}\n", base::text(declared.name)); break;
      default: out_ += fmt::format("{}{} {}: {}\n", declared.isPrivate ? "private " : "", hir::wordOf(declared.kind), base::text(declared.name), type); break;
    }
    if (declared.kind == ItemKind::Schema) schemaFields(id, depth + 1);
    for (const auto child : hir_.childrenOf(declared)) item(child, depth + 1);
  }

  std::string base(hir::ItemId id) {
    const auto& nominal = workspace_.nominal(module_.nominals[base::index(id)]);
    return base::valid(nominal.base) ? fmt::format(" extends {}", base::text(workspace_.types().nominalName(nominal.base))) : std::string();
  }

  std::string parameters(const hir::Item& fn) {
    std::string list;
    for (std::uint32_t i = 0; i < fn.paramCount; ++i) {
      const auto local = base::index(fn.firstParam) + i;
      list += fmt::format("{}{}: {}", i == 0 ? "" : ", ", base::text(hir_.locals[local].name), workspace_.types().print(module_.localTypes[local]));
    }
    return list;
  }

  void schemaFields(hir::ItemId id, int depth) {
    const auto nominalId = module_.nominals[base::index(id)];
    for (const auto& member : workspace_.nominal(nominalId).members) {
      if (member.owner != nominalId) continue;
      out_.append(static_cast<std::size_t>(depth) * 2, ' ');
      out_ += fmt::format("{}{}: {}\n", base::text(member.name), member.required ? "" : "?", workspace_.types().print(member.type));
    }
  }

  void locals() {
    for (std::size_t i = 0; i < hir_.locals.size(); ++i) {
      const auto& local = hir_.locals[i];
      if (local.kind == hir::LocalKind::FnParam) continue;
      out_ += fmt::format("local {}: {}\n", base::text(local.name), workspace_.types().print(module_.localTypes[i]));
    }
  }

  const Workspace& workspace_;
  const CheckedModule& module_;
  const hir::Module& hir_;
  std::string out_;
};

}  // namespace

std::string dumpTypes(const Workspace& workspace, FileId file) { return TypeDumper(workspace, workspace.wholeModule(file)).run(); }

}  // namespace kdsl::sema
