// Overloaded: one visitor out of several lambdas, for std::visit over EventBody.
#ifndef PROJECTIONS_OVERLOADED_H_
#define PROJECTIONS_OVERLOADED_H_

namespace bansos {

template <typename... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <typename... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace bansos

#endif  // PROJECTIONS_OVERLOADED_H_
