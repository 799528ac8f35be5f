import Foundation

/// What libFuzzer calls for each input; the variable `PEERCONF_FUZZ` names what the input is given to.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    target(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// All targets by name.
///
/// An input is any bytes; whatever they are, the program refuses them or does its work.
private let targets: [String: @Sendable ([UInt8]) -> Void] = [
    "xml": exerciseAnswer, "json": exerciseAnswer, "template": exerciseTemplate, "site": exerciseSite,
    "lock": exerciseLock, "waivers": exerciseWaivers, "policy": exercisePolicy, "manifest": exerciseManifest,
]

private let target: @Sendable ([UInt8]) -> Void = {
    let name = ProcessInfo.processInfo.environment["PEERCONF_FUZZ"] ?? ""
    guard let target = targets[name] else {
        print("PEERCONF_FUZZ must be one of \(targets.keys.sorted().joined(separator: ", "))")
        exit(2)
    }
    return target
}()
