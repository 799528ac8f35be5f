import CloudAPI
import DevicePacks
import FieldReader
import Findings
import PeerModel

/// Reads an answer, then renders what it holds with one of the packs, in all three ways of holding keys.
///
/// Which pack follows from the bytes, so that an input always does the same.
@Sendable func exerciseAnswer(_ bytes: [UInt8]) {
    let whole = answers(ByteSource(bytes, name: "answer"))
    let pieces = answers(ByteSource(bytes, name: "answer", chunkSize: 7))
    precondition(whole.findings == pieces.findings, "the size of the pieces changes what is found")
    precondition(
        whole.documents.allSatisfy { !$0.isRefused } || whole.findings.contains { $0.severity == .error },
        "refused without a word")
    let pack = packs[bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % packs.count]
    render(whole, with: pack, site: SiteFile())
}

/// All packs in their default version, and the other versions of those that have several.
private let packs: [Pack] = {
    let library = PackLibrary.builtIn
    let packs = library.names.flatMap { name in
        let versions = (try? library.manifest(name).versions) ?? []
        return versions.compactMap { try? library.pack("\(name)@\($0)") }
    }
    precondition(packs.count >= library.names.count, "a built-in pack can't be read")
    return packs
}()

private func answers(_ source: ByteSource) -> ResponseSet {
    var answers = ResponseSet(keepsRecords: true)
    answers.add(source)
    answers.finish()
    return answers
}

/// The way of the `render` command.
func render(_ answers: ResponseSet, with pack: Pack, site: SiteFile, lock: NumberLock? = nil) {
    let merged = InputMerging(answers.connections, origins: answers.origins)
    var fleet = Fleet(
        connections: merged.connections,
        gateways: GatewayDirectory(vpnGateways: answers.vpnGateways, customerGateways: answers.customerGateways),
        site: site, origins: answers.origins)
    if var lock {
        guard (try? fleet.number(with: &lock, file: "lock", in: { _ in pack.limits.tunnelNumber })) != nil else {
            return
        }
    } else {
        try? fleet.numberByID { _ in pack.limits.tunnelNumber }
    }
    for device in fleet.devices {
        var options = RenderingOptions(secrets: .inline)
        options.keepsSourceMaps = true
        for secrets in [SecretsMode.inline, .split, .placeholder] {
            options.secrets = secrets
            do throws(Finding) {
                let rendering = try pack.render(device, options: options, origins: answers.origins)
                precondition(
                    rendering.leftOut.isEmpty || rendering.findings.contains { $0.severity == .error },
                    "left out without a word")
                for document in rendering.documents { check(document) }
            } catch {
                preconditionFailure("a built-in pack can't render: \(error.message)")
            }
        }
    }
}

/// No template prints what could act on a terminal or end a line where none should.
private func check(_ document: Document) {
    let isPlain = document.content.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 }
    precondition(isPlain, "a control character in \(document.path)")
}
