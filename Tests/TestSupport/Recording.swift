import Foundation

/// Whether expected outputs on disk are to be written anew (`PEERCONF_RECORD=1`) instead of compared.
public var isRecording: Bool { ProcessInfo.processInfo.environment["PEERCONF_RECORD"] == "1" }

/// Whether this is a CI run, where a missing tool is a failure.
public var isCI: Bool { ProcessInfo.processInfo.environment["CI"] != nil }
