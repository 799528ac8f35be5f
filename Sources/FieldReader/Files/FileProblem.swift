public import Findings
import Glibc

/// What can go wrong with files and folders.
public struct FileProblem: Error, Hashable, Sendable {
    /// What was being done.
    public enum Action: String, Sendable {
        /// Reading a file or folder.
        case read
        /// Writing a file.
        case write
        /// Making a folder.
        case makeFolder = "make the folder"
    }

    /// What was being done.
    public var action: Action
    /// The file or folder.
    public var path: String
    /// The system's `errno`.
    public var code: Int32

    /// What is told to the user.
    public var finding: Finding {
        let (reason, remedy) = words
        return Finding(
            action == .read ? "PC080" : "PC081", .error, "can't \(action.rawValue) \(path): \(reason)",
            remedy: remedy)
    }

    private var words: (reason: String, remedy: String) {
        switch code {
        case ENOENT: ("there is no such file or folder", "look at the spelling of the path")
        case EACCES, EPERM: ("it is not permitted", "look at its owner and mode")
        case EISDIR: ("it is a folder", "name a file")
        case ENOTDIR: ("a part of the path is a file", "name a folder")
        case ENOSPC, EDQUOT: ("the disk is full", "make room and run again; what was there is unchanged")
        case EROFS: ("the file system is read-only", "choose another folder")
        case ELOOP: ("it is a symbolic link", "name the file or folder it points to")
        case EFBIG: ("it is too large", "look whether it is the right file")
        case EMFILE, ENFILE: ("too many files are open", "raise the limit of open files")
        default: ("system error \(code)", "look at the file system")
        }
    }
}
