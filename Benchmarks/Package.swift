// swift-tools-version: 6.1
import PackageDescription

// closedesk-bench measures the built program from outside, as the operating system accounts for it; examine-bench the
// reading of texts from inside.
// delivery-bench measures the ledger and the sender beside their bounds in C (`delivery-ratio`).
// ingest-bench measures the reading of exports alone.
// remark-pieces is no measurement: it tells scripts/train-remarks what remarks are weighed by.
// reader-bench measures the reader of texts on hostile ones of growing length.
let package = Package(
  name: "closedesk-benchmarks",
  dependencies: [.package(name: "closedesk-tool", path: "..")],
  targets: [
    .executableTarget(name: "closedesk-bench"),
    .executableTarget(name: "examine-bench", dependencies: [.product(name: "Reading", package: "closedesk-tool")]),
    .executableTarget(name: "ingest-bench", dependencies: [.product(name: "Reading", package: "closedesk-tool")]),
    .executableTarget(name: "reader-bench", dependencies: [.product(name: "Reading", package: "closedesk-tool")]),
    .executableTarget(name: "remark-pieces", dependencies: [.product(name: "Reading", package: "closedesk-tool")]),
    .executableTarget(name: "delivery-bench", dependencies: [.product(name: "Delivering", package: "closedesk-tool")]),
  ],
  swiftLanguageModes: [.v6])
