import Synchronization
import TemplateEngine

/// A pack's templates, each compiled when it is first needed and then kept: a fleet has many devices of one kind.
final class CompiledTemplates: Sendable {
    private let templates = Mutex<[String: Template]>([:])

    /// The template of that name; made if there is none yet.
    func template(_ name: String, _ make: () throws(TemplateError) -> Template) throws(TemplateError) -> Template {
        if let known = templates.withLock({ $0[name] }) { return known }
        let template = try make()
        templates.withLock { $0[name] = template }
        return template
    }
}
