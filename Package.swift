// swift-tools-version: 6.1
import PackageDescription

let features: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
  name: "closedesk-tool",
  products: [.executable(name: "closedesk", targets: ["closedesk"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
  ],
  targets: [
    // Values of the field and the ports. Imports nothing.
    .target(name: "ClosureModel", swiftSettings: features),

    // The five stages: blind to one another.
    .target(name: "Ingest", dependencies: ["ClosureModel", "CSimdJSON"], swiftSettings: features),
    .target(name: "Examine", dependencies: ["ClosureModel", "CPhoneNumber", "COpenCC"], swiftSettings: features),
    .target(
      name: "Decide", dependencies: ["ClosureModel", .product(name: "Yams", package: "Yams")], swiftSettings: features),
    .target(
      name: "Compose", dependencies: ["ClosureModel", .product(name: "Mustache", package: "swift-mustache")],
      swiftSettings: features),
    .target(name: "Outbox", dependencies: ["ClosureModel", "CCrypto"], swiftSettings: features),

    // The run.
    .target(
      name: "Batch", dependencies: ["ClosureModel", "Ingest", "Examine", "Decide", "Compose", "Outbox"],
      swiftSettings: features),

    // Adapters.
    .target(name: "DeliverCurl", dependencies: ["ClosureModel", "CCurl"], swiftSettings: features),
    .target(
      name: "StoreSQLite", dependencies: ["ClosureModel", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: features),

    // C and C++ libraries of Debian, one small target each, each with one importer.
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),
    .systemLibrary(name: "COpenCC", pkgConfig: "opencc", providers: [.apt(["libopencc-dev", "libopencc-data"])]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
