use std::path::{Path, PathBuf};

use super::{NetworkShare, ShareKind};

/// A line of the table.
struct Mount {
    number: u64,
    place: PathBuf,
    kind: String,
    source: String,
}

pub(super) fn share_in(table: &str, path: &Path, number: Option<u64>) -> Option<NetworkShare> {
    let mounts: Vec<_> = table.lines().filter_map(Mount::read).collect();
    let known = number.and_then(|number| mounts.iter().find(|mount| mount.number == number));
    let above = || {
        let above = mounts.iter().filter(|mount| path.starts_with(&mount.place));
        above.max_by_key(|mount| mount.place.components().count())
    };
    let mount = known.or_else(above)?;
    // Some containers have all of their own files in this way.
    share(&mount.kind, &mount.source).filter(|share| share.kind != ShareKind::Host || mount.place != Path::new("/"))
}

/// The share that a file system is, by the names of its kind and of what is mounted.
pub(super) fn share(kind: &str, source: &str) -> Option<NetworkShare> {
    let server = server_in(source);
    let by_source = || {
        // A program outside the kernel may have any name; what it shows of another machine is named after that.
        let is_by_program = kind == "fuse" || kind.starts_with("fuse.") || kind.starts_with("macfuse");
        let is_named = source.contains("://") || source.starts_with("//");
        (is_by_program && is_named && server.is_some()).then(|| kind_of_source(source))
    };
    let kind = ShareKind::of_name(kind).or_else(by_source)?;
    // What is mounted from the host is named as the machine likes.
    let server = server.filter(|_| kind != ShareKind::Host);
    Some(NetworkShare { kind, server })
}

fn kind_of_source(source: &str) -> ShareKind {
    match source.split_once("://").map(|(scheme, _)| scheme) {
        None | Some("smb") => ShareKind::Smb,
        Some("http" | "https" | "dav" | "davs") => ShareKind::WebDav,
        Some("sftp" | "ssh") => ShareKind::Ssh,
        Some("nfs") => ShareKind::Nfs,
        Some(_) => ShareKind::Other,
    }
}

/// The machine in the name of what is mounted: `server:/path`, `//server/share`, `scheme://server/path`. A user's name before
/// it is left out.
fn server_in(source: &str) -> Option<String> {
    let whole = if let Some((_, rest)) = source.split_once("://") {
        rest.split('/').next()?
    } else if let Some(rest) = source.strip_prefix("//") {
        rest.split('/').next()?
    } else if let Some(end) = source.find("]:") {
        source.get(..=end)?
    } else {
        source.split_once(':').map(|(server, _)| server).filter(|server| !server.contains('/'))?
    };
    let host = whole.rsplit('@').next()?;
    // A port, but not a part of an address with colons.
    let host = match host.rsplit_once(':') {
        Some((name, port)) if !name.contains(':') && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    (!host.is_empty()).then(|| host.to_owned())
}

impl Mount {
    /// `36 35 98:0 /root /place rw,noatime master:1 - kind source options`; see proc_pid_mountinfo(5).
    fn read(line: &str) -> Option<Self> {
        let mut fields = line.split(' ');
        let number = fields.next()?.parse().ok()?;
        let place = plain(fields.nth(3)?).into();
        let mut rest = fields.skip_while(|field| *field != "-").skip(1);
        Some(Self { number, place, kind: plain(rest.next()?), source: plain(rest.next()?) })
    }
}

/// Spaces and the like are written as `\040`.
fn plain(field: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = field.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let octal = more.get(..3).filter(|_| *first == b'\\').and_then(|digits| std::str::from_utf8(digits).ok());
        if let Some(byte) = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            bytes.push(byte);
            rest = &more[3..];
        } else {
            bytes.push(*first);
            rest = more;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A path as the table spells it.
pub(super) fn escaped(path: &Path) -> String {
    let path = path.to_string_lossy();
    path.replace('\\', "\\134").replace(' ', "\\040").replace('\t', "\\011").replace('\n', "\\012")
}
