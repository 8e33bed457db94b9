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
  products: [
    .executable(name: "closedesk", targets: ["closedesk"]),
    // What Benchmarks/ measures from inside.
    .library(name: "Reading", targets: ["ClosureModel", "Ingest", "Examine", "Decide"]),
    .library(name: "Delivering", targets: ["ClosureModel", "Outbox", "DeliverCurl", "StoreSQLite"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
  ],
  targets: [
    // Values of the field and the ports. Imports nothing.
    .target(name: "ClosureModel", swiftSettings: features),

    // SHA-256 and HMAC for every module that needs them.
    .target(name: "Hashing", dependencies: ["CCrypto"], swiftSettings: features),
    // Mail as values and bytes, without a network.
    .target(name: "MailFormat", dependencies: ["ClosureModel"], swiftSettings: features),
    // Strict reading of the files that people write; the only importer of Yams.
    .target(name: "StrictYAML", dependencies: [.product(name: "Yams", package: "Yams")], swiftSettings: features),
    // Reading of ZIP files, for exports and attachments alike. Imports nothing of ours.
    .target(name: "Archives", dependencies: ["CZip"], swiftSettings: features),

    // The five stages: blind to one another.
    .target(
      name: "Ingest",
      dependencies: ["ClosureModel", "StrictYAML", "Archives", "CSimdJSON", "CExpat"], swiftSettings: features),
    // Optimised in debug builds too: its tests look at pictures and megabytes of text.
    .target(
      name: "Examine", dependencies: ["ClosureModel", "CPhoneNumber", "COpenCC"],
      swiftSettings: features + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .target(name: "Decide", dependencies: ["ClosureModel", "StrictYAML"], swiftSettings: features),
    .target(
      name: "Compose",
      dependencies: ["ClosureModel", "StrictYAML", .product(name: "Mustache", package: "swift-mustache")],
      swiftSettings: features),
    .target(
      name: "Outbox", dependencies: ["ClosureModel", "StrictYAML", "Hashing", "MailFormat"], swiftSettings: features),

    // Beside the stages: what the team is told.
    .target(
      name: "Notify", dependencies: ["ClosureModel", "StrictYAML", "Hashing", "MailFormat"], swiftSettings: features),

    // The run.
    .target(
      name: "Batch", dependencies: ["ClosureModel", "Hashing", "Ingest", "Examine", "Decide", "Compose", "Outbox"],
      swiftSettings: features),

    // Adapters.
    .target(name: "DeliverCurl", dependencies: ["ClosureModel", "CCurl", "CEpoll"], swiftSettings: features),
    .target(
      name: "StoreSQLite",
      dependencies: [
        "ClosureModel", "Hashing", "CZlib", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: features),

    // Pictures: decoding in child processes, recognisers.
    .target(
      name: "VisionNative",
      dependencies: ["ClosureModel", "Archives", "CProcess", "CLeptonica", "CSeccomp", "CTesseract"],
      swiftSettings: features),

    // The program: arguments, settings, choice of adapters, exit codes. Carries Templates/ inside.
    .executableTarget(
      name: "closedesk",
      dependencies: [
        "ClosureModel", "Hashing", "MailFormat", "Ingest", "Examine", "Decide", "Compose", "Outbox", "Notify", "Batch",
        "DeliverCurl", "StoreSQLite", "VisionNative", "StrictYAML", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: features,
      // What a start with nothing to do keeps in memory: the toolchain's own linker leaves constants out of the pages that
      // are written to, packs the list of addresses to be set, and puts the functions of a start side by side
      // (`scripts/startup-order`).
      linkerSettings: [
        .unsafeFlags(
          [
            "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker",
            "--symbol-ordering-file=\(Context.packageDirectory)/scripts/startup.order", "-Xlinker",
            "--no-warn-symbol-ordering",
          ], .when(platforms: [.linux], configuration: .release))
      ],
      plugins: ["EmbedTemplates"]),
    .executableTarget(name: "embed-templates"),
    .plugin(name: "EmbedTemplates", capability: .buildTool(), dependencies: ["embed-templates"]),

    // A small webhook receiver for the demonstration and the end-to-end tests; verifies signatures.
    .executableTarget(
      name: "closedesk-receiver",
      dependencies: ["ClosureModel", "Outbox", .product(name: "FlyingFox", package: "FlyingFox")],
      swiftSettings: features),

    // C and C++ libraries of Debian, one small target each, each with one importer.
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
    // Loaded when they are first needed: a start with nothing to do must not pay for them. Their headers are those of
    // libcurl4-openssl-dev, libphonenumber-dev, libleptonica-dev, libtesseract-dev; COpenCC needs none.
    .target(name: "CCurl"),
    .target(name: "CPhoneNumber"),
    .target(name: "COpenCC"),
    .target(name: "CLeptonica"),
    .target(name: "CTesseract"),
    .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(name: "CSeccomp", pkgConfig: "libseccomp", providers: [.apt(["libseccomp-dev"])]),
    // glibc's malloc beyond the standard.
    .systemLibrary(name: "CMalloc"),
    // Linux's epoll and eventfd.
    .systemLibrary(name: "CEpoll"),
    // Starting a child by what glibc has beyond POSIX.
    .target(name: "CProcess"),

    // Tests mirror their modules; EndToEndTests run the built program.
    // Draws pages pixel by pixel: as above.
    .target(
      name: "TestSupport", dependencies: ["ClosureModel"], path: "Tests/TestSupport", exclude: ["Peers"],
      swiftSettings: features + [.unsafeFlags(["-O"], .when(configuration: .debug))]),
    .testTarget(name: "IngestTests", dependencies: ["Ingest", "ClosureModel", "CZip"], swiftSettings: features),
    .testTarget(
      name: "ExamineTests", dependencies: ["Examine", "ClosureModel", "TestSupport"], swiftSettings: features),
    .testTarget(name: "StrictYAMLTests", dependencies: ["StrictYAML"], swiftSettings: features),
    .testTarget(name: "HashingTests", dependencies: ["Hashing", "TestSupport"], swiftSettings: features),
    .testTarget(name: "MailFormatTests", dependencies: ["MailFormat", "ClosureModel"], swiftSettings: features),
    .testTarget(
      name: "NotifyTests", dependencies: ["Notify", "DeliverCurl", "MailFormat", "ClosureModel", "TestSupport"],
      swiftSettings: features),
    .testTarget(name: "DecideTests", dependencies: ["Decide", "ClosureModel"], swiftSettings: features),
    .testTarget(
      name: "ComposeTests", dependencies: ["Compose", "ClosureModel"], swiftSettings: features),
    .testTarget(
      name: "OutboxTests", dependencies: ["Outbox", "ClosureModel", "TestSupport"], swiftSettings: features),
    // Presets against servers that play ticket systems, and against real ones.
    .testTarget(
      name: "PresetTests", dependencies: ["Outbox", "DeliverCurl", "ClosureModel"], exclude: ["Golden"],
      swiftSettings: features),
    .testTarget(
      name: "StoreSQLiteTests",
      dependencies: ["StoreSQLite", "ClosureModel", "TestSupport", .product(name: "GRDB", package: "GRDB.swift")],
      swiftSettings: features),
    .testTarget(
      name: "DeliverCurlTests", dependencies: ["DeliverCurl", "MailFormat", "Outbox", "ClosureModel", "TestSupport"],
      swiftSettings: features),
    .testTarget(
      name: "VisionNativeTests",
      dependencies: ["VisionNative", "ClosureModel", "TestSupport", "closedesk", "CLeptonica", "CZip"],
      exclude: ["Resources"],
      swiftSettings: features,
      // Draws pictures with it.
      linkerSettings: [.linkedLibrary("lept")]),
    .testTarget(
      name: "BatchTests",
      dependencies: [
        "Batch", "ClosureModel", "Compose", "Decide", "Examine", "Ingest", "Outbox", "StoreSQLite", "TestSupport",
      ], swiftSettings: features),
    .testTarget(
      name: "EndToEndTests",
      dependencies: [
        "closedesk", "closedesk-receiver", "ClosureModel", "Ingest", "Outbox", "StoreSQLite", "DeliverCurl",
        "TestSupport",
      ],
      swiftSettings: features),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
