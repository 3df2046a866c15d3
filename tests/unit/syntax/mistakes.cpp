#include "mistakes.hpp"

namespace kdsl::syntax::test {

std::span<const Mistake> mistakes() {
  static constexpr Mistake all[] = {
      {R"k(let a = 1 +
let b = 2)k", "1:11 KD2012"},
      {R"k(let a = x.y(
resource b = C {}
let c = f(1,
param d: int = 2)k", "1:12 KD2014, 3:10 KD2014"},
      {R"k(fn f(a: int,
private let b = 2)k", "1:5 KD2014"},
      {R"k(let a = [1,
import "x" as y)k", "1:9 KD2014"},
      {R"k(component A {
  let a = 1 ??
let b = 2
})k", "2:13 KD2012"},
      {R"k(fn f(a: int): int { a * 2 }
let c = 5 5)k", "1:19 KD2010, 2:11 KD2010"},
      {R"k(let a = b and c
let d = b or (c)
let e = not b
let f = [x * 2 for x in xs])k", "1:11 KD2010, 2:11 KD2010, 3:9 KD2010, 4:16 KD2010"},
      {R"k(x: "abc
y: 2)k", "1:4 KD2001"},
      {R"k(x: "a ${b}
y: 2)k", "1:4 KD2001"},
      {R"k(x: r"abc
y: 2)k", "1:5 KD2001"},
      {R"k(x: """abc
y: 2)k", "1:4 KD2001"},
      {R"k(x: r"""abc
y: 2)k", "1:5 KD2001"},
      {R"k(x: { a: "abc }
y: 2)k", "1:9 KD2001"},
      {R"k(x: "\q \u{110000} \u12 \u{}")k", "1:5 KD2002, 1:8 KD2003, 1:19 KD2003, 1:24 KD2003"},
      {R"k(x: a; b: 2)k", "1:5 KD2004"},
      {R"k(x: @b)k", "1:4 KD2004"},
      {R"k(x: naïve)k", "1:6 KD2004"},
      {R"k(x: 'it is')k", "1:4 KD2005"},
      {R"k(x: 'it)k", "1:4 KD2004"},
      {R"k(x: """
    a
  b
    """)k", "3:1 KD2006"},
      {R"k(# a comment
x: 1 # another)k", "1:1 KD2007, 2:6 KD2007"},
      {R"k(/* a
 b */
x: 1)k", "1:1 KD2007"},
      {R"k(x: "a ${b
c: 1)k", "1:10 KD2008"},
      {R"k(x: "a ${f(b
c: 1)k", "1:12 KD2008"},
      {R"k(x: 0x, y: 1__0, z: 0b12, w: 010, v: 1_)k", "1:4 KD2009, 1:11 KD2009, 1:20 KD2009, 1:29 KD2009, 1:37 KD2009"},
      {R"k(x: 1.4.2)k", "1:4 KD2013"},
      {R"k(x: 10.0.0.1:80/24)k", "1:4 KD2013"},
      {R"k(x: 5 5)k", "1:6 KD2010"},
      {R"k(param a: int[]
param b: string[][]?
schema S { c: (int | { d: bool })[] }
let e = a is int[])k", "1:10 KD2010, 2:10 KD2010, 3:15 KD2010, 4:14 KD2010"},
      {R"k(x:
y: 2)k", "1:3 KD2011"},
      {R"k(x:
  y: 2)k", "1:3 KD2011"},
      {R"k(x: })k", "1:3 KD2011"},
      {R"k(let x =
let y = 1)k", "1:8 KD2011"},
      {R"k(x: append
y: 1)k", "1:10 KD2011"},
      {R"k(x: a +
y: 1)k", "1:6 KD2012"},
      {R"k(x: a && , y: 1)k", "1:6 KD2012"},
      {R"k(x: (a ||))k", "1:7 KD2012"},
      {R"k(x: !
y: 1)k", "1:4 KD2012"},
      {R"k(let x = redis:alpine)k", "1:9 KD2013"},
      {R"k(let x = hello world)k", "1:9 KD2013"},
      {R"k(let x = ../y)k", "1:9 KD2013"},
      {R"k(x: redis:alpine)k", "1:4 KD2013"},
      {R"k(x: { image: ghcr.io/acme/web:v1, y: 2 })k", "1:13 KD2013"},
      {R"k(x: hello world)k", "1:4 KD2013"},
      {R"k(x: /usr/bin)k", "1:4 KD2013"},
      {R"k(x: */5 * * * *)k", "1:4 KD2013"},
      {R"k(x: f(a
y: 2)k", "1:5 KD2014"},
      {R"k(x: [1, 2
y: 2)k", "1:4 KD2014"},
      {R"k(x: { a: 1)k", "1:4 KD2014"},
      {R"k(x: { a: [1, { b: f(2)k", "1:19 KD2014"},
      {R"k(component A {
  resource x = Foo {
    a: 1

  resource y = Bar { b: 2 }
})k", "2:20 KD2014"},
      {R"k(resource x = Foo {
  spec: {
    a: 1
}
resource y = Bar { b: 2 })k", "2:9 KD2014"},
      {R"k(x: [1, 2)
y: 1)k", "1:9 KD2010"},
      {R"k(x: { a: 1 ] }
y: 1)k", "1:11 KD2015"},
      {R"k(x: 1
}
y: 2)k", "2:1 KD2015"},
      {R"k(x: 1 ))k", "1:6 KD2015"},
      {R"k(let for = 1
param if: int
x: in
y: else)k", "1:5 KD2016, 2:7 KD2016, 3:4 KD2016, 4:4 KD2010"},
      {R"k(x: for)k", "1:4 KD2016"},
      {R"k(import { for } from "x")k", "1:10 KD2010"},
      {R"k(resource web = X { args:
  - "a"
  - b
  c: 1
})k", "2:3 KD2017"},
      {R"k(env:
- name: A
  value: b
- name: C
  value: d)k", "2:1 KD2017"},
      {R"k(- a
- b)k", "1:1 KD2017"},
      {R"k(x: {{ .Values.x }}
{{- if .Values.y }})k", "1:4 KD2018, 2:1 KD2018"},
      {R"k(x: { a: 1 b: 2 })k", "1:11 KD2019"},
      {R"k(x: [1 2])k", "1:7 KD2019"},
      {R"k(x: a b: c)k", "1:6 KD2019"},
      {R"k(spec { a: 1 })k", "1:5 KD2020"},
      {R"k(replicas 3)k", "1:9 KD2020"},
      {R"k(web.
x: 1)k", "1:5 KD2010"},
      {R"k(a.b
x: 1)k", "1:4 KD2020"},
      {R"k(resorce web = X { a: 1 })k", "1:1 KD2020"},
      {R"k(x = 1)k", "1:3 KD2021"},
      {R"k(x: { a = 1, b == 2 })k", "1:8 KD2021, 1:15 KD2010"},
      {R"k(x += 1)k", "1:3 KD2010"},
      {R"k(let x := 1
x := 2)k", "1:7 KD2022, 2:3 KD2022"},
      {R"k(let x: 5)k", "1:9 KD2010"},
      {R"k(resource x: Deployment { a: 1 })k", "1:24 KD2010"},
      {R"k(x: a < b < c)k", "1:10 KD2023"},
      {R"k(x: a == b != c)k", "1:11 KD2023"},
      {R"k("a${b}": 1)k", "1:3 KD2024"},
      {R"k(import "./${x}")k", "1:11 KD2024"},
      {R"k(test "${x}" { })k", "1:7 KD2024"},
      {R"k(x: { resource y = X { } })k", "1:6 KD2025"},
      {R"k(if (a) param x: int)k", "1:8 KD2025"},
      {R"k(x: a ? b : c)k", "1:6 KD2026"},
      {R"k(---
x: 1
---
y: 2)k", "1:1 KD2027, 3:1 KD2027"},
      {R"k(x: 1
extends "./a")k", "2:1 KD2028"},
      {R"k(x: [a: 1, b: 2])k", "1:6 KD2029"},
      {R"k(param "x": int
let "a-b" = 1)k", "1:7 KD2030, 2:5 KD2030"},
      {R"k(param x = 5
param y
param z:)k", "1:9 KD2010, 2:8 KD2010, 3:9 KD2010"},
      {R"k(fn f(x) = x)k", "1:7 KD2010"},
      {R"k(fn f = 1)k", "1:6 KD2010"},
      {R"k(fn f(a: int = b)k", "1:5 KD2014"},
      {R"k(schema S { a?: int, b = 3, c: int = })k", "1:13 KD2010, 1:23 KD2010, 1:36 KD2011"},
      {R"k(schema S
component C
test "x")k", "1:9 KD2010, 2:12 KD2010, 3:9 KD2010"},
      {R"k(schema S extends { a: int })k", "1:18 KD2010"},
      {R"k(type A
type B = 
type C = |
type D = int(5)
type E = int where self > 1)k", "1:7 KD2010, 2:9 KD2010, 3:11 KD2010, 4:14 KD2010, 5:20 KD2010"},
      {R"k(type D = int(5))k", "1:14 KD2010"},
      {R"k(schema S
{ a: int })k", "1:9 KD2010"},
      {R"k(each T
{ a: 1 })k", "1:7 KD2010"},
      {R"k(x: match (y)
{ _ => 1 })k", "1:13 KD2010"},
      {R"k(x: if (a)
y: 1)k", "1:10 KD2010"},
      {R"k(x: { y: if (a)
})k", "1:15 KD2010"},
      {R"k(x: if (a))k", "1:10 KD2010"},
      {R"k(if a > 1 { x: 1 })k", "1:4 KD2010"},
      {R"k(x: if a { b: 1 } else { c: 2 })k", "1:7 KD2010"},
      {R"k(x: match y { 1 => 2 })k", "1:10 KD2010"},
      {R"k(x: match (y) { 1: 2, 3 -> 4, 5 })k", "1:17 KD2010, 1:24 KD2010, 1:32 KD2010"},
      {R"k(x: match (y))k", "1:13 KD2010"},
      {R"k(x: let y = 1 y)k", "1:8 KD2010, 1:10 KD2010"},
      {R"k(for x in xs { [x]: 1 })k", "1:5 KD2010"},
      {R"k(for (x of xs) { [x]: 1 })k", "1:8 KD2010"},
      {R"k(for (x in) { [x]: 1 })k", "1:10 KD2010"},
      {R"k(if (a))k", "1:7 KD2010"},
      {R"k(if () x: 1)k", "1:5 KD2010"},
      {R"k(each T)k", "1:7 KD2010"},
      {R"k(each T: 5)k", "1:9 KD2010"},
      {R"k(each T where { a: 1 })k", "1:14 KD2010, 1:22 KD2010"},
      {R"k(waive a "b")k", "1:9 KD2010"},
      {R"k(check
check named: 
warn)k", "2:13 KD2011"},
      {R"k(check a else b)k", "1:9 KD2010"},
      {R"k(import { a } "x")k", "1:14 KD2010"},
      {R"k(import x from "y")k", "1:8 KD2010"},
      {R"k(import { a b } from "y")k", "1:12 KD2019"},
      {R"k(x: f(a,, b))k", "1:8 KD2010"},
      {R"k(x: f(a b))k", "1:8 KD2010"},
      {R"k(x: a.5)k", "1:6 KD2010"},
      {R"k(x: a."b")k", "1:6 KD2030"},
      {R"k(x: a[])k", "1:6 KD2010"},
      {R"k(x: ())k", "1:5 KD2010"},
      {R"k(x: "${}")k", "1:7 KD2010"},
      {R"k(x: (a, b))k", "1:10 KD2010"},
      {R"k(x: a => )k", "1:8 KD2010"},
      {R"k(x: => a)k", "1:4 KD2010"},
      {R"k(x: ...a)k", "1:4 KD2010"},
      {R"k(x: [...])k", "1:8 KD2010"},
      {R"k(f(x))k", "1:2 KD2010"},
      {R"k(5)k", "1:1 KD2010"},
      {R"k("a")k", "1:4 KD2020"},
      {R"k(x
  { a: 1 })k", "2:3 KD2010"},
      {R"k(component A
{
})k", "1:12 KD2010"},
      {R"k(x: a & b | c)k", "1:6 KD2004"},
      {R"k(x: a @ b)k", "1:6 KD2004"},
      {R"k(x: 1 $ {)k", "1:6 KD2004"},
      {R"k(param x: int deprecated)k", "1:24 KD2010"},
      {R"k(param x: int? = 1 = 2)k", "1:19 KD2010"},
      {R"k(x: a is
y: 1)k", "1:6 KD2012"},
      {R"k(x: a.
y: 1)k", "1:6 KD2010"},
      {R"k(import {
  A
}
from "x")k", "3:2 KD2010"},
      {R"k(x: "a" "b")k", "1:8 KD2019"},
      {R"k(x: "a ${b c} d")k", "1:11 KD2010"},
      {R"k(x: a => b:)k", "1:10 KD2010"},
      {R"k(final x)k", "1:8 KD2020"},
      {R"k(x?: )k", "1:4 KD2011"},
      {R"k(oneof { a: int })k", "1:6 KD2020"},
      {R"k(schema S { oneof { let x = 1 } })k", "1:24 KD2010"},
      {R"k(extends ./a)k", "1:10 KD2010"},
      {R"k(x: &anchor)k", "1:4 KD2004"},
      {R"k(x: <<: *a)k", "1:4 KD2010"},
      {R"k(x: |
  text)k", "1:4 KD2010"},
      {R"k(x: yes: no)k", "1:7 KD2010"},
      {R"k([x] 1)k", "1:4 KD2020"},
      {R"k(x: ]
y: ()k", "1:3 KD2011, 2:5 KD2010"},
  };
  return all;
}

}  // namespace kdsl::syntax::test
