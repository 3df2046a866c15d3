// Renders a file with params that this program decides, and tells what is wrong with it.
//   render FILE [name=text…]
#include <iostream>
#include <kdsl/kdsl.hpp>

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: render FILE [name=text…]\n";
    return 2;
  }
  std::vector<kdsl::Param> params;
  for (int i = 2; i < count; ++i) {
    const std::string argument = arguments[i];
    const auto equals = argument.find('=');
    if (equals == std::string::npos) {
      std::cerr << "render: `" << argument << "` is no name=text\n";
      return 2;
    }
    params.push_back({argument.substr(0, equals), argument.substr(equals + 1)});
  }

  auto session = kdsl::Session::create();
  const auto result = session->build(arguments[1], params);
  std::cerr << result.report();
  if (!result.ok()) return 1;
  for (const auto& object : result.objects()) std::cerr << object.kind << ' ' << object.name << '\n';
  std::cout << result.yaml();
  return 0;
}
