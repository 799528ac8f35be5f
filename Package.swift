// swift-tools-version: 6.2
import PackageDescription

/// The same rules for every target: warnings are errors, and memory-unsafe code must say so.
///
/// Only `FieldReader`, the one place that talks to C, may use the word `unsafe`.
let rules: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "peerconf",
    products: [
        .executable(name: "peerconf", targets: ["peerconf"]),
        .library(name: "TemplateEngine", targets: ["TemplateEngine"]),
        .library(name: "PeerConf", targets: ["CloudAPI", "PeerModel", "DevicePacks", "Review"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        .target(name: "Findings", swiftSettings: rules),
        .target(name: "FieldReader", dependencies: ["CLibXML2", "Findings"], swiftSettings: rules),
        .target(name: "CloudAPI", dependencies: ["FieldReader", "Findings"], swiftSettings: rules),
        .target(
            name: "PeerModel",
            dependencies: ["CloudAPI", "Findings", .product(name: "TOMLKit", package: "TOMLKit")],
            swiftSettings: rules),
        .target(name: "TemplateEngine", dependencies: ["Findings"], swiftSettings: rules),
        .target(
            name: "BuiltInPacks", path: "templates",
            resources: ["cisco-ios", "h3c-comware", "strongswan", "strongswan-legacy", "vyos"].map { .embedInCode($0) },
            swiftSettings: rules),
        .target(
            name: "DevicePacks",
            dependencies: [
                "BuiltInPacks", "CloudAPI", "Findings", "PeerModel", "TemplateEngine",
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: rules),
        .target(
            name: "Review",
            dependencies: [
                "CloudAPI", "Findings", "PeerModel", "TemplateEngine", .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            resources: [.embedInCode("Lint/policies"), .embedInCode("Rules/pages")],
            swiftSettings: rules),
        .executableTarget(
            name: "peerconf",
            dependencies: [
                "CloudAPI", "DevicePacks", "FieldReader", "Findings", "PeerModel", "Review", "TemplateEngine",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: rules),
        .executableTarget(
            name: "TemplateEngineBenchmark", dependencies: ["TemplateEngine"],
            path: "Tests/Benchmarks/TemplateEngine", exclude: ["compare.py", "peer.j2", "peer.json"],
            swiftSettings: rules),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: rules),
        .testTarget(
            name: "PeerModelTests",
            dependencies: ["CloudAPI", "FieldReader", "Findings", "PeerModel", "TestSupport"],
            swiftSettings: rules),
        .testTarget(
            name: "DevicePacksTests",
            dependencies: [
                "BuiltInPacks", "CloudAPI", "DevicePacks", "FieldReader", "Findings", "PeerModel", "Review",
                "TemplateEngine", "TestSupport",
            ],
            exclude: ["Fixtures"], swiftSettings: rules),
        .testTarget(
            name: "ReviewTests",
            dependencies: ["CloudAPI", "FieldReader", "Findings", "PeerModel", "Review", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: rules),
        .testTarget(
            name: "CommandTests", dependencies: ["TestSupport", "peerconf"], exclude: ["Fixtures"],
            swiftSettings: rules),
        .testTarget(
            name: "FieldReaderTests", dependencies: ["FieldReader", "Findings", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: rules),
        .testTarget(
            name: "CloudAPITests", dependencies: ["CloudAPI", "FieldReader", "Findings", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: rules),
        .testTarget(
            name: "TemplateEngineTests", dependencies: ["TemplateEngine", "Findings", "TestSupport"],
            exclude: ["Fixtures"], swiftSettings: rules),
        .testTarget(
            name: "CiscoTests", dependencies: ["TestSupport", "peerconf"], exclude: ["Fixtures"], swiftSettings: rules),
        .testTarget(name: "StrongSwanTests", dependencies: ["TestSupport", "peerconf"], swiftSettings: rules),
        .testTarget(
            name: "VyOSTests", dependencies: ["TestSupport", "peerconf"], exclude: ["Fixtures"], swiftSettings: rules),
        .testTarget(name: "RoutingTests", dependencies: ["TestSupport", "peerconf"], swiftSettings: rules),
    ],
    swiftLanguageModes: [.v6]
)
