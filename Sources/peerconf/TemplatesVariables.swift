import ArgumentParser
import DevicePacks
import FieldReader
import Findings
import PeerModel

/// `peerconf templates variables`: what templates see, with the values of a connection where answers are given.
struct TemplatesVariables: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "variables",
        abstract: "Print the data model that templates see; with answers, each field's value too.",
        usage: """
            peerconf templates variables
            peerconf templates variables cloud/ --device vyos --vpn-connection-id vco-…
            """,
        discussion: .paragraphs(
            """
            The values are those of the first connection that is selected, by device and id: one for each tunnel or
            other element of a list. Keys are placeholders.

            Exit status: 0 done; 2 wrong usage or unusable input; 3 the device can't express all of the connection.
            """))

    @OptionGroup var inputs: Inputs

    @Option(
        help: ArgumentHelp(
            "The pack whose words and rules count; the site file can say it.", valueName: "device[@version]"),
        completion: .list(PackLibrary.builtIn.names))
    var device: String?

    @OptionGroup var packs: PackOptions
    @OptionGroup var terminal: TerminalOptions

    func run() throws {
        try Console.reporting {
            let example = inputs.inputs.isEmpty ? nil : try self.example()
            try Console.write("Templates of scope connection see\n\n")
            try Console.write(Self.lines(DataModel.connection.fields, [], "", example))
            try Console.write(
                "\nTemplates of scope device see device, pack and secrets as above, and\n\n"
                    + "connections  list of objects\n    Each with connection and tunnels as above.\n"
                    + "\nTemplates of scope removal see what those of scope connection see, and\n\n"
                    + "remaining  list of objects\n    The device's connections that stay, each with connection and "
                    + "tunnels as above.\n")
            guard let example, !example.refusals.isEmpty else { return }
            Console.report(example.refusals)
            throw ExitStatus.partial.code
        }
    }

    private func example() throws -> ModelExample {
        var reading = try inputs.read(for: Purpose(needsKeys: false))
        let library = try packs.library(reading.site.templatesPath)
        guard let router = reading.fleet.devices.first(where: { first(of: $0, reading) != nil }) else {
            Console.report(reading.allFindings)
            throw ExitStatus.failure.code
        }
        guard let reference = router.settings.device ?? device else {
            throw Finding(
                "PC084", .error, "nothing says what the device is", at: Place(device: router.name),
                remedy: "name it with --device (\(library.names.joined(separator: ", "))), or in the site file")
        }
        let pack = try library.pack(reference)
        // Numbers are those of a rendering without a lock.
        try reading.fleet.numberByID { $0.name == router.name ? pack.limits.tunnelNumber : nil }
        let numbered = reading.fleet.devices.first { $0.name == router.name } ?? router
        guard let connection = first(of: numbered, reading) else { throw ExitStatus.failure.code }
        return ModelExample(connection, on: numbered, pack: pack, origins: reading.origins)
    }

    private func first(of device: Device, _ reading: FleetReading) -> Connection? {
        device.connections.first { reading.isSelected($0.id.value) }
    }

    private static func lines(
        _ fields: [FieldDocumentation], _ path: [String], _ prefix: String, _ example: ModelExample?
    ) -> String {
        fields.map { field in
            let name = prefix + field.name
            let path = path + [field.name]
            let isList = field.shape.label.hasPrefix("list")
            var own = "\(name)  \(field.shape.label)\n    \(field.text)\n"
            if let example, let value = value(of: field, at: path, in: example) { own += "    = \(value)\n" }
            return own + lines(field.shape.fields, path, name + (isList ? "[]." : "."), example)
        }.joined()
    }

    /// What a field holds; objects are told by their fields, unless there is none.
    private static func value(of field: FieldDocumentation, at path: [String], in example: ModelExample) -> String? {
        let values = example.values(of: path)
        if values.isEmpty { return nil }
        if !field.shape.fields.isEmpty { return values.allSatisfy { $0 == "none" || $0 == "[]" } ? values[0] : nil }
        return values.joined(separator: ", ")
    }
}
