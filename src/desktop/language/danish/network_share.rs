use crate::desktop::language::texts::network_share::NetworkShareTexts;
use crate::network_share::ShareKind;

pub(super) const TEXTS: NetworkShareTexts = NetworkShareTexts {
    title: "Databasen kan ikke ligge på et netværksdrev",
    kind: |kind| match kind {
        ShareKind::Smb => "Windows-fildeling (SMB)",
        ShareKind::Nfs => "NFS",
        ShareKind::Afs => "AFS",
        ShareKind::Ssh => "filer over SSH",
        ShareKind::WebDav => "WebDAV",
        ShareKind::Cluster => "et filsystem, som flere maskiner har fælles",
        ShareKind::Host => "en mappe på værtsmaskinen",
        ShareKind::Cloud => "et lager på nettet",
        ShareKind::Other => "filer på en anden maskine",
    },
    refused: |path, share| {
        format!(
            "Mappen {path} ligger på et netværksdrev: {share}. Der virker databasens log ikke, og meddelelser ville gå tabt. Der er \
             ikke oprettet eller åbnet noget."
        )
    },
    from: |kind, server| format!("{kind} fra {server}"),
    use_local: "Brug en mappe på denne maskine",
    local: |path| format!("Postfordeler kan arbejde i {path} i stedet."),
    found_by_itself: "Postfordeler finder den selv næste gang, også fra kommandolinjen.",
    to_be_named: |path| format!("Start næste gang med --data {path}."),
    to_be_made: |path| {
        format!(
            "Du har ikke selv en mappe på denne maskine, som kan bruges. Bed en administrator om at oprette {path} til dig, og \
             start igen med --data {path}."
        )
    },
    taken_along: |command| {
        format!(
            "Der ligger allerede en database på netværksdrevet. Sådan kommer den med: Luk alle programmer, der bruger den, og kald \
             »{command}«."
        )
    },
    files: "Sikkerhedskopier og eksporter kan stadig gemmes på netværksdrevet.",
};
