import ArgumentParser
import DevicePacks
import FieldReader
import Findings
import TemplateEngine

/// `peerconf templates render`: any template with any JSON, for trying and testing templates.
struct TemplatesRender: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render", abstract: "Render a template with a context from a JSON file.",
        usage: """
            peerconf templates render banner.j2 --context site.json
            peerconf templates render peer.j2 --context peer.json --pack strongswan
            """,
        discussion: .paragraphs(
            """
            Without --pack values are not checked, and there are no filters but Jinja2's. Includes come from the
            template's folder.

            Exit status: 0 done; 2 wrong usage, or an error in the template or its context.
            """))

    @OptionGroup var packs: PackOptions
    @Argument(help: "The template.", completion: .file()) var template: String

    @Option(
        help: ArgumentHelp("The context: a JSON object.", valueName: "file"), completion: .file(extensions: ["json"]))
    var context: String

    @Option(
        help: ArgumentHelp("Check and quote values as this pack does.", valueName: "pack[@version]"),
        completion: .list(PackLibrary.builtIn.names))
    var pack: String?

    @OptionGroup var terminal: TerminalOptions

    func run() throws {
        try Console.reporting {
            let rules = try pack.map { reference throws in try packs.library().pack(reference).outputRules }
            let folder = template.lastIndex(of: "/").map { String(template[...$0]) } ?? ""
            let name = String(template.dropFirst(folder.count))
            let source = try WholeFile.read(template)
            let environment = Environment(
                loader: { requested in
                    // Includes stay in the folder: a template from elsewhere must not read other files.
                    guard !requested.contains("/"), requested != "..", requested != "." else { return nil }
                    return requested == name ? source : try? WholeFile.read(folder + requested)
                }, rules: rules)
            let value = try ContextFile.value(of: context)
            var output: [UInt8] = []
            do throws(TemplateError) {
                try environment.template(named: name).render(value, into: &output)
            } catch {
                throw error.finding()
            }
            try Console.write(output)
        }
    }
}

/// A template's context from a JSON file.
enum ContextFile {
    /// Reads the file; everything in it is untrusted text.
    static func value(of path: String) throws(Finding) -> Value {
        do throws(ReadProblem) {
            let tree = try ByteSource.withFile(path) { source throws(ReadProblem) in
                try RecordReader.readJSON(source)
            }
            return try value(tree.root, path)
        } catch {
            throw error.finding
        }
    }

    private static func value(_ field: Field, _ path: String) throws(ReadProblem) -> Value {
        switch field.kind {
        case .null: return .none
        case .boolean: return .bool(field.text == "true")
        case .number:
            guard let number = Int(field.text) else { return .string(field.text) }
            return .int(number)
        case .text: return .string(field.text)
        case .array:
            var values: [Value] = []
            for child in field.children { values.append(try value(child, path)) }
            return .list(values)
        case .object:
            var pairs: [(Text, Value)] = []
            for child in field.children { pairs.append((Text(child.name), try value(child, path))) }
            return .dict(Dict(pairs))
        }
    }
}
