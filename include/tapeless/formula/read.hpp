// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>

#include <tapeless/formula/formula.hpp>

// Reading a formula's constant data: recording it, and listing its variables. Both are loops over the nodes, so the
// depth of a formula is not limited by that of recursion.
namespace tapeless::detail {

constexpr bool same_text(const char* a, const char* b) {
  while (*a && *a == *b) ++a, ++b;
  return *a == *b;
}

/// What is known by the digest of a node.
template <class T>
class digest_map {
 public:
  constexpr digest_map() : slots_(256) {}
  constexpr const T* find(std::uint64_t digest) const {
    for (std::size_t at = digest & (slots_.size() - 1); slots_[at].used; at = (at + 1) & (slots_.size() - 1))
      if (slots_[at].digest == digest) return &slots_[at].what;
    return nullptr;
  }
  constexpr void insert(std::uint64_t digest, const T& what) {
    if (2 * ++size_ > slots_.size()) grow();
    place(digest, what);
  }

 private:
  struct slot {
    std::uint64_t digest = 0;
    bool used = false;
    T what{};
  };
  constexpr void place(std::uint64_t digest, const T& what) {
    std::size_t at = digest & (slots_.size() - 1);
    while (slots_[at].used) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {digest, true, what};
  }
  constexpr void grow() {
    const buffer<slot> old = static_cast<buffer<slot>&&>(slots_);
    slots_ = buffer<slot>(old.size() * 4);
    for (const slot& s : old)
      if (s.used) place(s.digest, s.what);
  }
  buffer<slot> slots_;
  std::size_t size_ = 0;
};

/// A variable's name and what stands for it.
struct bound_value {
  const char* name;
  value what;
};

/// Records formulas in a recorder. What holds run-time numbers is read each time it occurs, since the numbers may
/// differ.
class formula_reader {
 public:
  constexpr formula_reader(recorder& r, const buffer<bound_value>& variables, const buffer<value>& numbers)
      : r_(r), variables_(variables), numbers_(numbers) {}

  constexpr value read(const formula_node& root) {
    enter(root);
    value result;
    while (depth_) {
      frame& f = stack_[depth_ - 1];
      const formula_node& n = *f.node;
      if (!f.known && n.op && f.next < n.op->arity) {
        enter(*n.operand[f.next]);
        continue;
      }
      if (!f.known) {
        f.result = n.op ? n.op->record(r_, f.x) : leaf(n);
        if (n.carried == 0) seen_.insert(n.digest, f.result);
      }
      result = f.result;
      if (--depth_) {
        frame& above = stack_[depth_ - 1];
        above.x[above.next++] = result;
      }
    }
    return result;
  }

 private:
  struct frame {
    const formula_node* node = nullptr;
    value x[3]{};
    int next = 0;
    bool known = false;
    value result{};
  };

  constexpr void enter(const formula_node& n) {
    frame f{.node = &n};
    if (n.carried == 0)
      if (const value* there = seen_.find(n.digest)) f.known = true, f.result = *there;
    if (depth_ == stack_.size()) stack_.push_back(f);
    else stack_[depth_] = f;
    ++depth_;
  }

  constexpr value leaf(const formula_node& n) {
    if (n.kind == formula_node::leaf::variable) return variable(n.name);
    if (n.kind == formula_node::leaf::number) return value::constant(n.number, n.of);
    if (n.kind == formula_node::leaf::carried) return as_kind(numbers_[next_number_++], n.of);
    buffer<value> inputs;
    for (std::int32_t i = 0; i < n.block->variables; ++i) inputs.push_back(variable(n.block->names[i]));
    for (std::int32_t i = 0; i < n.carried; ++i) inputs.push_back(numbers_[next_number_++]);
    return replay(r_, n.block->graph, inputs)[0];
  }
  constexpr value variable(const char* name) const {
    for (const bound_value& v : variables_)
      if (same_text(v.name, name)) return v.what;
    return {};
  }

  recorder& r_;
  const buffer<bound_value>& variables_;
  const buffer<value>& numbers_;
  std::size_t next_number_ = 0;
  digest_map<value> seen_;
  buffer<frame> stack_;
  std::size_t depth_ = 0;
};

/// A variable's name as a template argument.
struct variable_name {
  char text[32]{};
  constexpr variable_name() = default;
  constexpr explicit variable_name(const char* s) {
    for (std::size_t i = 0; s[i]; ++i) text[i] = s[i];
  }
  constexpr bool operator==(const variable_name&) const = default;
};

/// The same as a label, which compilers print as text.
template <variable_name Name>
struct name_as_label {
  static constexpr std::size_t length = [] {
    std::size_t count = 0;
    while (Name.text[count]) ++count;
    return count;
  }();
  static constexpr auto make() {
    char text[length + 1]{};
    for (std::size_t i = 0; i < length; ++i) text[i] = Name.text[i];
    return label<length + 1>(text);
  }
};
template <variable_name Name>
inline constexpr auto label_of = name_as_label<Name>::make();

/// The variables of a formula in the order of their first appearance.
constexpr buffer<const char*> list_variables(const formula_node& root) {
  buffer<const char*> names;
  const auto add = [&](const char* name) {
    for (const char* n : names)
      if (same_text(n, name)) return;
    names.push_back(name);
  };
  digest_map<bool> seen;
  buffer<const formula_node*> stack;
  std::size_t depth = 0;
  const auto push = [&](const formula_node* n) {
    if (seen.find(n->digest)) return;
    if (depth == stack.size()) stack.push_back(n);
    else stack[depth] = n;
    ++depth;
  };
  push(&root);
  while (depth) {
    const formula_node& n = *stack[--depth];
    if (seen.find(n.digest)) continue;
    seen.insert(n.digest, true);
    if (n.kind == formula_node::leaf::variable) add(n.name);
    if (n.block)
      for (std::int32_t i = 0; i < n.block->variables; ++i) add(n.block->names[i]);
    if (n.op)
      for (int k = n.op->arity - 1; k >= 0; --k) push(n.operand[k]);
  }
  return names;
}

/// Names as a type.
template <variable_name... Names>
struct name_list {
  static constexpr std::size_t size = sizeof...(Names);
  static constexpr variable_name at[size + 1] = {Names..., {}};
  static constexpr const char* texts[size + 1] = {static_cast<const char*>(Names.text)..., nullptr};
  static constexpr std::size_t find(const variable_name& name) {
    std::size_t i = 0;
    while (i < size && !(at[i] == name)) ++i;
    return i;
  }
};

template <class F>
struct variables {
  static constexpr std::size_t count = list_variables(node_of_formula<F>).size();
  static constexpr auto names = [] {
    std::array<variable_name, count + 1> all{};
    const auto list = list_variables(node_of_formula<F>);
    for (std::size_t place = 0; place < count; ++place) all[place] = variable_name(list[place]);
    return all;
  }();
  template <std::size_t... I>
  static name_list<names[I]...> listed(std::index_sequence<I...>);
  using type = decltype(listed(std::make_index_sequence<count>{}));
};
template <class F>
using variables_of = typename variables<formula_t<F>>::type;

}  // namespace tapeless::detail
