// swift-tools-version: 6.2
import PackageDescription

/// The fuzz targets: a package of its own, so that the program's build knows nothing of them.
let package = Package(
    name: "Fuzz",
    dependencies: [.package(name: "peerconf", path: "../..")],
    targets: [
        .executableTarget(
            name: "Fuzz",
            dependencies: [
                .product(name: "PeerConf", package: "peerconf"), .product(name: "TemplateEngine", package: "peerconf"),
            ])
    ],
    swiftLanguageModes: [.v6]
)
