/// The files of an output folder as a device would see them, by name.
///
/// Files with placeholders in the place of keys end in `.example`. Where the file with the keys is there too, the
/// example is no part of the configuration; where it is not, it stands for that file, so that it can be read.
public func withExamplesInPlace(_ files: [String: String]) -> [String: String] {
    var result: [String: String] = [:]
    for (name, text) in files {
        guard name.hasSuffix(".example") else {
            result[name] = text
            continue
        }
        let plain = String(name.dropLast(".example".count))
        if files[plain] == nil { result[plain] = text }
    }
    return result
}
