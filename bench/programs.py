# SPDX-License-Identifier: BSL-1.0
"""The programs whose compilation is measured: chains of statements `h = sin(h) * h + x[k % 4]` of numbers, or of layers
`h = tanh(W * h + b)` of 64 units; three nodes each."""

from __future__ import annotations

HEADER = "#include <tapeless/tapeless.hpp>\n"
FORMS = ("statements", "loop", "formula", "tensor")
DERIVATIVES = ("value", "gradient", "hessian")
NODES = 3  # in a statement

FUNCTION = """#include <array>
#include <cmath>
#include <span>
constexpr auto chain = [](auto const& x) {{
  using std::sin;
  auto h = x[0];
{body}
  return h;
}};
using input = std::array<double, 4>;
"""
FORMULA = """#include <array>
#include <span>
constexpr tapeless::variable<"x"> x;
constexpr tapeless::variable<"y"> y;
constexpr tapeless::variable<"z"> z;
constexpr tapeless::variable<"t"> t;
constexpr auto h0 = x;
{levels}
constexpr auto chain = tapeless::function(h{last}, x, y, z, t);
using input = std::array<double, 4>;
"""
# The value of a function is the compiler's own affair: of that the recording is measured, of a formula the call.
RECORDING = "constexpr auto operations = tapeless::cost<decltype(chain), input>.total();\n"
CALL = "double value(input const& in) { return chain(in[0], in[1], in[2], in[3]); }\n"
GRADIENT = "double gradient(input const& in, input& g) { return tapeless::value_and_gradient(chain).into(g, in); }\n"
HESSIAN = """double hessian(input const& in, input& g, std::array<double, 16>& h) {
  return tapeless::value_gradient_and_hessian(chain).into(std::span(g), std::span(h), in);
}
"""
FORMULA_HESSIAN = """double hessian(input const& in, input& g, std::array<double, 16>& h) {
  auto const r = tapeless::value_gradient_and_hessian(chain)(in[0], in[1], in[2], in[3]);
  g = {r.gradient[x], r.gradient[y], r.gradient[z], r.gradient[t]};
  for (std::size_t i = 0; i < 16; ++i) h[i] = r.hessian(i / 4, i % 4);
  return r.value;
}
"""

TENSOR = """struct input {{
  tapeless::mat<double, 64, 64> w;
  tapeless::vec<double, 64> b;
}};
constexpr auto chain = [](auto const& w, auto const& b) {{
  auto h = b;
{body}
  return sum(h);
}};
"""
TENSOR_DERIVATIVES = {
    "value": """constexpr auto operations =
    tapeless::cost<decltype(chain), decltype(input::w), decltype(input::b)>.total();
""",
    "gradient": """double gradient(input const& in, input& g) {
  return tapeless::value_and_gradient(chain).into(std::tie(g.w, g.b), in.w, in.b);
}
""",
    # A Hessian of all numbers would not stay on tensors: its product with a direction does.
    "hessian": """void hessian(input const& in, input const& v, input& hv) {
  auto const [w, b] = tapeless::hvp(chain)(in.w, in.b, v.w, v.b);
  hv = {w, b};
}
""",
}

# A step of the training in examples/digits: the cost of networks, whose layers are a few nodes whatever their sizes.
NETWORKS = ("dense", "conv")
NETWORKS_HEADER = '#include "{examples}/digits/networks.hpp"\n'
TRAINING = """using {network} = digits::{network};
float step({network}::parameters<float>& g, const {network}::parameters<float>& p,
           const digits::batch<float>& x, const digits::batch_labels& y) {{
  return digits::loss_and_gradient<{network}>.into(g, p, x, y);
}}
"""


def source(nodes: int, form: str = "statements", derivative: str = "gradient") -> str:
    """The text of a program: about so many nodes, written in one of FORMS, with one of DERIVATIVES."""
    statements = max(1, round(nodes / NODES))
    if form == "tensor":
        return HEADER + TENSOR.format(body="  h = tanh(w * h + b);\n" * statements) + TENSOR_DERIVATIVES[derivative]
    if form == "formula":
        levels = "\n".join(f"constexpr auto h{k + 1} = sin(h{k}) * h{k} + {'xyzt'[k % 4]};" for k in range(statements))
        function = FORMULA.format(levels=levels, last=statements)
    else:
        body = "\n".join(f"  h = sin(h) * h + x[{k % 4}];" for k in range(statements))
        if form == "loop":
            body = f"  for (unsigned k = 0; k < {statements}; ++k) h = sin(h) * h + x[k % 4];"
        function = FUNCTION.format(body=body)
    own = {"value": CALL, "hessian": FORMULA_HESSIAN} if form == "formula" else {"value": RECORDING, "hessian": HESSIAN}
    return HEADER + function + {**own, "gradient": GRADIENT}[derivative]
