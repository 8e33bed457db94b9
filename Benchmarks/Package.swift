// swift-tools-version: 6.1
import PackageDescription

// Measures the built program from outside, as the operating system accounts for it. See docs/benchmarks.md.
let package = Package(
  name: "closedesk-benchmarks",
  targets: [.executableTarget(name: "closedesk-bench")],
  swiftLanguageModes: [.v6])
