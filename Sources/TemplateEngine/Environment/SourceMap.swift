public import Findings

/// Where each line of a rendering came from.
///
/// The rendering only takes notes; the lines are worked out when somebody asks for them.
public struct SourceMap: Sendable {
    /// A place in a template that wrote, or called what wrote.
    public struct Frame: Sendable, Hashable {
        /// Name of the template.
        public var template: String
        /// Line, counted from 1.
        public var line: Int
    }

    /// A value printed on a line.
    public struct Printed: Sendable, Hashable {
        /// What was printed, as the template says it.
        public var expression: String
        /// The bytes of the line that it fills; `nil` where a filter moved the text of a macro, and it isn't known.
        public var columns: Range<Int>?
        /// Where the values were read that it is made of; empty for what the template or its host made up.
        public var origins: [Origin]
        /// Whether it is a secret.
        public var isSecret: Bool
    }

    /// A line of output.
    public struct Line: Sendable, Hashable {
        /// The template's line that wrote the beginning, behind the includes and macro calls that led there.
        public var frames: [Frame]
        /// The values on the line, in order.
        public var values: [Printed]
    }

    let recorder: Recorder?
    let lineStarts: [Int]

    /// The lines of the output in order; a last line without a line break counts.
    public var lines: [Line] { recorder?.lines(lineStarts) ?? [] }
}
