use crate::desktop::language::texts::network_share::NetworkShareTexts;
use crate::network_share::ShareKind;

pub(super) const TEXTS: NetworkShareTexts = NetworkShareTexts {
    title: "The database cannot be kept on a network share",
    kind: |kind| match kind {
        ShareKind::Smb => "Windows file sharing (SMB)",
        ShareKind::Nfs => "NFS",
        ShareKind::Afs => "AFS",
        ShareKind::Ssh => "files over SSH",
        ShareKind::WebDav => "WebDAV",
        ShareKind::Cluster => "a file system that several machines have in common",
        ShareKind::Host => "a directory of the host machine",
        ShareKind::Cloud => "an online store",
        ShareKind::Other => "files on another machine",
    },
    refused: |path, share| {
        format!(
            "The directory {path} is on a network share: {share}. The database's log does not work there, and messages would be \
             lost. Nothing was made or opened."
        )
    },
    from: |kind, server| format!("{kind} from {server}"),
    use_local: "Use a directory on this machine",
    local: |path| format!("Postfordeler can work in {path} instead."),
    found_by_itself: "Postfordeler finds it by itself next time, from the command line too.",
    to_be_named: |path| format!("Next time, start with --data {path}."),
    to_be_made: |path| {
        format!(
            "You have no directory on this machine that can be used. Ask an administrator to make {path} for you, and start again \
             with --data {path}."
        )
    },
    taken_along: |command| {
        format!(
            "There is a database on the share already. To take it along, close every program that uses it, and call '{command}'."
        )
    },
    files: "Copies and exports can still be saved on the share.",
};
