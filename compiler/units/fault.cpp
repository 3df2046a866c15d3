#include "units/result.hpp"

namespace kdsl::units {

std::string_view explain(Fault fault) {
  switch (fault) {
    case Fault::None: return "is fine";
    case Fault::Empty: return "is empty";
    case Fault::BadNumber: return "does not begin with a decimal number";
    case Fault::UnknownSuffix: return "has an unknown suffix";
    case Fault::MissingUnit: return "lacks a unit";
    case Fault::UnitOrder: return "has its units out of order: large ones come first, each once";
    case Fault::TooFine: return "is finer than a billionth";
    case Fault::TooLarge: return "is out of range";
    case Fault::DivisionByZero: return "divides by zero";
    case Fault::NotWhole: return "is not a whole number";
  }
  return "is not valid";
}

}  // namespace kdsl::units
