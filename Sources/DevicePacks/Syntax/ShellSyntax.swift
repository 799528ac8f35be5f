import TemplateEngine

extension DeviceSyntax {
    /// A POSIX shell script: in single quotes everything but `'` stands for itself.
    public static let shell = DeviceSyntax(
        name: "shell",
        rules: OutputRules(
            name: "shell bare word",
            bareWord: BareWord(characters: BareWord.lettersAndDigits + "._-/"),
            quoted: { text throws(FilterFailure) in
                try refuseControls(text)
                return "'" + text.replacing("'", with: #"'\''"#) + "'"
            },
            remark: { text throws(FilterFailure) in lineRemark(text) }),
        key: { _, _ throws(FilterFailure) in throw FilterFailure("scripts are no place for keys") })
}
