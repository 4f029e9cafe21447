//! A data directory on a network share: it is recognised by what the system says, and nothing is made there.

use std::fs;
use std::path::Path;

use postfordeler::network_share::{NetworkShare, ShareKind, suppose_a_share_at};
use postfordeler::store::{Store, StoreError, restore};
use tempfile::TempDir;

use crate::support::small_town;

/// The table of a machine with what is found among people.
const MOUNTS: &str = r"22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 27 0:30 / /home rw,relatime shared:5 - nfs4 fil01.eksempelby.dk:/hjem rw,vers=4.2
32 27 0:31 / /mnt/f\303\246lles\040drev rw,relatime master:1 - cifs //fil02/faelles rw,username=anna
33 27 0:32 / /mnt/ssh rw - fuse.sshfs anna@arkiv:/srv rw
34 27 0:33 / /mnt/dav rw - fuse https://anna:kode@sky.eksempelby.dk:8443/dav rw
35 27 0:34 / /mnt/sky rw - fuse.rclone sky:mappe rw
36 27 254:0 /indhold /mnt/spejl rw - ext4 /dev/vda rw
37 27 0:31 /under /srv/bundet rw - cifs //fil02/faelles rw
38 27 0:35 / /mnt/usb rw - fuseblk /dev/sdb1 rw
39 27 0:36 / /mnt/ukendt rw - fuse.gocryptfs /home/anna/skjult rw
40 27 0:37 / /auto rw - autofs /etc/auto.nas rw
41 40 0:38 / /auto/nas rw - nfs [fe80::1]:/nas rw
42 31 254:1 / /home/lokal rw - xfs /dev/vdb rw
43 27 0:39 / /mnt/c rw - 9p C:\134 rw
44 27 0:40 / /mnt/hyper rw - smb3 //10.0.0.7/x rw
45 44 254:2 / /mnt/hyper rw - ext4 /dev/vdc rw
46 27 0:41 / /mnt/ceph rw - ceph 10.0.0.1:6789,10.0.0.2:6789:/ rw
en linje, der ikke er en
";

fn share(kind: ShareKind, server: &str) -> NetworkShare {
    NetworkShare { kind, server: (!server.is_empty()).then(|| server.to_owned()) }
}

#[test]
fn shares_are_known_by_the_table_of_mounts() {
    for (path, expected) in [
        ("/home/anna/.local/share/postfordeler", Some(share(ShareKind::Nfs, "fil01.eksempelby.dk"))),
        ("/home", Some(share(ShareKind::Nfs, "fil01.eksempelby.dk"))),
        ("/homes/anna", None),
        ("/var/lib/postfordeler", None),
        ("/mnt/fælles drev/post", Some(share(ShareKind::Smb, "fil02"))),
        ("/mnt/ssh", Some(share(ShareKind::Ssh, "arkiv"))),
        ("/mnt/dav/post", Some(share(ShareKind::WebDav, "sky.eksempelby.dk"))),
        ("/mnt/sky/a/b", Some(share(ShareKind::Cloud, "sky"))),
        ("/mnt/spejl", None),
        ("/srv/bundet/post", Some(share(ShareKind::Smb, "fil02"))),
        ("/mnt/usb", None),
        ("/mnt/ukendt", None),
        ("/auto", None),
        ("/auto/nas/post", Some(share(ShareKind::Nfs, "[fe80::1]"))),
        ("/home/lokal/post", None),
        ("/mnt/c/post", Some(share(ShareKind::Host, ""))),
        // What was mounted over it.
        ("/mnt/hyper", None),
    ] {
        assert_eq!(NetworkShare::in_mount_table(MOUNTS, Path::new(path), None), expected, "{path}");
    }
    assert_eq!(
        NetworkShare::in_mount_table(MOUNTS, Path::new("/mnt/ceph/x"), None).map(|share| share.kind),
        Some(ShareKind::Cluster)
    );
    // Where the system says which mount it is, that counts.
    let hyper = |number| NetworkShare::in_mount_table(MOUNTS, Path::new("/mnt/hyper/post"), Some(number));
    assert_eq!(hyper(44), Some(share(ShareKind::Smb, "10.0.0.7")));
    assert_eq!(hyper(45), None);
    assert_eq!(NetworkShare::in_mount_table("", Path::new("/home"), None), None);
    let container = "1 0 0:1 / / rw - 9p none rw";
    assert_eq!(NetworkShare::in_mount_table(container, Path::new("/data"), None), None);
}

#[test]
fn shares_are_known_by_windows_spelling() {
    for (path, expected) in [
        (r"\\?\C:\Users\anna\AppData\Local", None),
        (r"C:\Users\anna", None),
        (r"\\?\UNC\fil01\hjem$\anna\AppData", Some(share(ShareKind::Smb, "fil01"))),
        (r"\\?\unc\fil01\hjem", Some(share(ShareKind::Smb, "fil01"))),
        (r"\\fil01.eksempelby.dk\hjem", Some(share(ShareKind::Smb, "fil01.eksempelby.dk"))),
        ("//fil01/hjem", Some(share(ShareKind::Smb, "fil01"))),
        (r"\\?\UNC\wsl.localhost\Debian\home\anna", Some(share(ShareKind::Host, ""))),
        (r"\\wsl$\Debian\home", Some(share(ShareKind::Host, ""))),
        (r"\\tsclient\C\post", Some(share(ShareKind::Host, ""))),
        (r"\\sky.eksempelby.dk@SSL@8443\DavWWWRoot\post", Some(share(ShareKind::WebDav, "sky.eksempelby.dk"))),
        (r"\\?\Volume{b75e2c83-0000-0000-0000-602f00000000}\post", None),
        (r"\\.\C:\post", None),
        (r"\\", None),
        ("æ", None),
    ] {
        assert_eq!(NetworkShare::in_windows_path(path), expected, "{path}");
    }
}

/// A directory that this process takes for a share, with files of a server named `fil01`.
fn share_directory() -> TempDir {
    let directory = TempDir::new().expect("a directory for the test");
    suppose_a_share_at(directory.path(), "fil01");
    directory
}

fn is_empty(directory: &Path) -> bool {
    fs::read_dir(directory).expect("it can be read").next().is_none()
}

#[test]
fn nothing_is_made_on_a_share() {
    let (there, here) = (share_directory(), TempDir::new().expect("a directory for the test"));
    let mut within = vec![there.path().to_owned(), there.path().join("ny/mappe")];
    #[cfg(unix)]
    {
        let (link, dangling) = (here.path().join("genvej"), here.path().join("kommer"));
        std::os::unix::fs::symlink(there.path(), &link).expect("a link");
        std::os::unix::fs::symlink(there.path().join("findes/ikke"), &dangling).expect("a link");
        within.extend([link.join("ny"), link, dangling]);
    }
    for directory in &within {
        let refused = Store::open(directory).expect_err("it is on a share");
        let StoreError::OnShare { path, share: found, has_database, instead, is_usual } = &refused else {
            panic!("{refused}");
        };
        assert_eq!((path, found), (directory, &share(ShareKind::Nfs, "fil01")));
        assert!(!has_database && !is_usual);
        let instead = instead.as_deref().expect("whoever tests has a directory of their own").display();
        let said = refused.to_string();
        assert!(said.contains("network share (NFS from fil01)") && !said.contains('\n'), "{said}");
        assert!(said.contains(&format!("--data {instead}")) && !said.contains("restore"), "{said}");
    }
    let copy = here.path().join("kopi.zip");
    Store::open(&here.path().join("her")).expect("it opens").back_up(&copy, None, false).expect("a copy");
    let refused = restore(there.path(), &copy, None).expect_err("it is on a share").to_string();
    assert!(refused.contains("network share"), "{refused}");
    assert!(is_empty(there.path()), "something was made there");
}

#[test]
fn copies_go_to_a_share_and_come_from_it() {
    let (there, here) = (share_directory(), TempDir::new().expect("a directory for the test"));
    let rules = small_town(([127, 0, 0, 1], 9101).into()).compile().expect("the sample has no fault");
    let store = Store::open(&here.path().join("her")).expect("it opens");
    store.publish(&rules, "", None).expect("it is the first");
    let copy = there.path().join("kopi.zip");
    store.back_up(&copy, None, false).expect("a copy on the share");
    let back = here.path().join("tilbage");
    let restored = restore(&back, &copy, None).expect("it comes back");
    assert_eq!(restored.copy.publication, Some(1));
    assert_eq!(
        Store::open(&back).expect("it opens").newest_publication().expect("one").expect("one").book,
        *rules.book()
    );
}

/// As a program of an earlier version, which did not look, has left it: with what was committed last in the log beside it.
#[test]
fn what_lies_on_a_share_already_is_taken_along_whole() {
    let (there, here) = (TempDir::new().expect("a directory"), TempDir::new().expect("a directory"));
    let rules = small_town(([127, 0, 0, 1], 9101).into()).compile().expect("the sample has no fault");
    let store = Store::open(&here.path().join("her")).expect("it opens");
    // A router says which key the journal's digests are made with, and leaves no log.
    drop(store.lock_router().expect("nobody else has it"));
    store.publish(&rules, "", None).expect("it is the first");
    for name in ["postfordeler.db", "postfordeler.db-wal", "journal.key"] {
        fs::copy(here.path().join("her").join(name), there.path().join(name)).expect("it is copied");
    }
    drop(store);
    let without_log = here.path().join("uden");
    let bare = here.path().join("bar.db");
    fs::copy(there.path().join("postfordeler.db"), &bare).expect("it is copied");
    let restored = restore(&without_log, &bare, None).expect("it comes back");
    assert_eq!((restored.copy.publication, restored.copy.has_key), (None, false), "else this shows nothing");
    suppose_a_share_at(there.path(), "fil01");
    let said = Store::open(there.path()).expect_err("it is on a share").to_string();
    let database = there.path().join("postfordeler.db");
    assert!(said.contains(&format!("'postfordeler restore {} --data ", database.display())), "{said}");
    let before = fs::read(&database).expect("it can be read");
    let back = here.path().join("tilbage");
    let restored = restore(&back, &database, None).expect("it comes along");
    assert_eq!((restored.copy.publication, restored.copy.has_key), (Some(1), true));
    let key = |directory: &Path| fs::read(directory.join("journal.key")).expect("a key");
    Store::open(&back).expect("it opens").digest_key().expect("a key");
    assert_eq!(key(&back), key(there.path()));
    assert_eq!(fs::read(&database).expect("it can be read"), before, "what is on the share stays as it was");
}
