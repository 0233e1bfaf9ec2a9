#include "tools/bansos-verify/replay/body.h"

namespace bansos::replay {
namespace {

template <typename Body>
Names NamesInBody(const Body& body) {
  Names names;
  if constexpr (requires { body.payment().recipient(); }) {
    if (body.has_payment()) {
      names.payment = IdOf(body.payment());
      names.program = body.payment().program();
      names.recipient = body.payment().recipient();
    }
  }
  if constexpr (requires { body.batch().number(); }) {
    names.batch = IdOf(body.batch());
    names.program = body.batch().program();
  }
  if constexpr (requires { body.program(); }) names.program = body.program();
  if constexpr (requires { body.recipient(); }) names.recipient = body.recipient();
  return names;
}

template <typename Body>
const v1::Movement* MovementIn(const Body& body) {
  if constexpr (requires { body.movement(); }) {
    if (body.has_movement()) return &body.movement();
  }
  return nullptr;
}

}  // namespace

Names NamesIn(const v1::Event& event) {
  return VisitBody(event, [](const auto& body) { return NamesInBody(body); });
}

const v1::Movement* MovementOf(const v1::Event& event) {
  return VisitBody(event, [](const auto& body) { return MovementIn(body); });
}

std::string EventName(const v1::Event& event) {
  return VisitBody(event, [](const auto& body) { return body.GetDescriptor()->name(); });
}

}  // namespace bansos::replay
