import DevicePacks
import Findings
import Review

/// The matrix of devices for other programs; document and schema come from one table.
enum DevicesJSON {
    /// The number of the document's form: it changes with any of its members.
    private static let version = 1

    static func json(_ matrix: DeviceMatrix) -> JSON { document.json(matrix) }

    static var schema: JSON {
        document.documentSchema(
            title: "peerconf devices --format json, version \(version)", "Which device can express what.")
    }

    private static let document = JSONDescription<DeviceMatrix>([
        .init("version", .version(version), "The number of this form.") { _ in .int(version) },
        .init("devices", each: "The versions of all devices, by name, oldest first.", row, of: \.rows),
    ])

    private static let row = JSONDescription<DeviceMatrix.Row>([
        .init("device", .text, "The pack's name.") { .string($0.device) },
        .init("title", .text, "The device's name for people.") { .string($0.title) },
        .init("version", .text, "The device's version.") { .string($0.version) },
        .init("is_default", .flag, "Whether it is rendered for when no version is asked for.") { .bool($0.isDefault) },
        .init("can_express", .named(.list(.text)), "The algorithms that it has words for, by what they are for.") {
            .object($0.values.map { .init(name: $0.kind, value: .array($0.words.map(JSON.string))) })
        },
        .init("features", each: "What it makes of each feature.", feature, of: \.features),
        .init("refusals", each: "The pack's rules under which connections are refused.", refusal, of: \.refusals),
    ])

    private static let feature = JSONDescription<(feature: Feature, support: Support)>([
        .init("feature", .word(Feature.allCases.map(\.rawValue)), "Its name.") { .string($0.feature.rawValue) },
        .init("title", .text, "What it is called.") { .string($0.feature.title) },
        .init(
            "support", .word(["yes", "warned", "refused", "no", "unknown"]),
            "warned: rendered with a warning; no: nothing is rendered for it, and nothing refused; "
                + "unknown: the manifest does not tell."
        ) { .string($0.support.word) },
        .init("rules", .list(.text), "The pack's rules that warn or refuse; none where words are missing.") {
            .array($0.support.rules.map(JSON.string))
        },
    ])

    private static let refusal = JSONDescription<Manifest.Rule>([
        .init("rule", .text, "Its name in the pack.") { .string($0.id) },
        .init("when", .text, "The condition, a template's expression.") { .string($0.when) },
        .init("message", .text, "What is said, a template.") { .string($0.message) },
        .init("remedy", .text, "What to do about it.") { .string($0.remedy) },
        .init("field", .orNull(.text), "The API's field concerned.") { .optional($0.field) },
    ])
}
