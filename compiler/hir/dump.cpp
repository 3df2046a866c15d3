#include "hir/lower.hpp"
#include "hir/printer.hpp"

namespace kdsl::hir {
namespace {

class ItemDump {
 public:
  ItemDump(const Module& module, bool withCode) : module_(module), withCode_(withCode), printer_(module) {}

  std::string run() {
    item(moduleItem);
    return printer_.take();
  }

 private:
  void item(ItemId id) {
    const auto& i = module_[id];
    printer_.line();
    if (i.isPrivate) printer_.text("private ");
    printer_.text(wordOf(i.kind));
    head(i);
    if (withCode_ && base::valid(i.shape)) {
      printer_.text(" ");
      printer_.shape(i.shape);
    }
    printer_.indent();
    if (!withCode_ && i.doc != base::emptySymbol) {
      printer_.line();
      printer_.text("doc ");
      printer_.quoted(i.doc);
    }
    if (!withCode_ && base::valid(i.shape)) fields(module_[i.shape]);
    for (const auto child : module_.childrenOf(i)) item(child);
    if (withCode_ && base::valid(i.body) && module_[i.body].entryCount != 0) {
      printer_.line();
      printer_.text("entries ");
      printer_.body(i.body);
    }
    printer_.outdent();
  }

  void head(const Item& i) {
    switch (i.kind) {
      case ItemKind::Module:
        if (module_.extends != 0) {
          printer_.text(" extends ");
          printer_.quoted(module_.imports[module_.extends - 1].path);
        }
        return;
      case ItemKind::Import: return importHead(i);
      case ItemKind::Test: printer_.text(" "); return printer_.quoted(i.name);
      default: break;
    }
    printer_.text(" ");
    printer_.name(i.name);
    if (i.kind == ItemKind::Fn) printer_.params(i);
    if (i.extends.count != 0) {
      printer_.text(" extends ");
      printer_.qualifiedName(i.extends);
    }
    if (base::valid(i.type)) {
      printer_.text(i.kind == ItemKind::TypeAlias ? " = " : ": ");
      printer_.type(i.type);
    }
    if (base::valid(i.value)) value(i);
    if (i.isDeprecated) {
      printer_.text(" deprecated ");
      printer_.quoted(i.deprecated);
    }
  }

  void importHead(const Item& i) {
    printer_.text(" ");
    printer_.name(i.name);
    printer_.text(" = ");
    printer_.quoted(module_.imports[i.import].path);
    if (i.importedName != base::emptySymbol) {
      printer_.text(".");
      printer_.name(i.importedName);
    }
    if (base::valid(i.type)) {
      printer_.text(": ");
      printer_.type(i.type);
    }
  }

  void value(const Item& i) {
    if (i.kind == ItemKind::TypeAlias) {
      printer_.text(" where ");
      printer_.expr(i.value);
      if (i.message != base::emptySymbol) {
        printer_.text(" else ");
        printer_.quoted(i.message);
      }
    } else if (withCode_) {
      printer_.text(" = ");
      printer_.expr(i.value);
    } else {
      printer_.text(" = …");
    }
  }

  void fields(const Shape& shape) {
    for (std::uint32_t n = 0; n < shape.fieldCount; ++n) {
      const auto& field = module_.fields[shape.firstField + n];
      printer_.line();
      printer_.text("field ");
      printer_.name(field.name);
      printer_.text(": ");
      printer_.type(field.type);
      if (base::valid(field.value)) printer_.text(" = …");
      if (field.oneof != 0) {
        printer_.text(" oneof ");
        printer_.number(field.oneof);
      }
    }
  }

  const Module& module_;
  bool withCode_;
  Printer printer_;
};

}  // namespace

std::string dumpItems(const Module& module) { return ItemDump(module, false).run(); }
std::string dumpHir(const Module& module) { return ItemDump(module, true).run(); }

}  // namespace kdsl::hir
