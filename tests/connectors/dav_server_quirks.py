"""In what the CalDAV servers differ: independent switches, and which of them are set on which server.

The defaults are what the standards say. The profiles are from measurements, issue threads and manuals that
others have published; a server of that name may differ by its version and its settings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from tests.connectors.dav_server_text import Alteration
from tests.connectors.dav_server_xml import Encoding, Style


@dataclass(frozen=True, slots=True, kw_only=True)
class Quirks:
    # -- reports --------------------------------------------------------------------------------------------
    sync: bool = True
    """There is sync-collection."""
    reports: bool = True
    """There are reports at all; a plain folder has none."""
    reports_told: bool = True
    """The reports that there are, are listed in supported-report-set."""
    tokens: str = "http://dav.example/sync/"
    """What every sync token begins with."""
    ctag: bool = True
    modified: bool = False
    """A calendar tells when it, or anything in it, was last modified."""
    bad_token: int = 403
    """The status for a sync token that is not known; 207 is a full listing, as if there had been none."""
    bad_token_named: bool = True
    """The error has the element valid-sync-token."""
    foreign_token: int = 0
    """The bare status for a token that this kind of server would never make; 0 where it is like any other."""
    forgets_silently: bool = False
    """A token from before the known history is answered with what is known: changes are lost."""
    lists_itself: bool = False
    """sync-collection lists the collection beside its members."""
    itself_bare: bool = False
    """What lists the collection beside its members knows no etag of it."""
    lists_others: bool = False
    """Listings and multigets also tell of what lies in the account's other calendars."""
    tells_etags: Literal["always", "404", "never"] = "always"
    """Of objects whose title says so, listings give no etag: they say that there is none, or nothing."""
    lists_removed: bool = False
    """The listing for an empty token also tells what was removed."""
    lists_twice: bool = False
    """What was changed is told twice; what was removed and made again, as removed and as changed."""
    lists_again: bool = False
    """Tokens are times: the last change before the token is told once more."""
    tells_brief: bool = True
    """What was made and removed between two reports is told as removed."""
    page: int = 0
    """The server cuts its listing after so many members, with 507 and a token to go on from."""
    page_token: Literal["next", "same", "none"] = "next"
    """What is told to go on from: the next token, the one that was sent, or none."""
    too_many: int = 0
    """A calendar of more members than this is not told by sync-collection as a whole: the request fails with 507."""
    limit: Literal["ignored", "honoured", "refused", "loses"] = "ignored"
    """What becomes of DAV:limit; "loses" cuts the listing and gives the newest token all the same."""
    multiget_gone: Literal["entry", "propstat", "omitted"] = "entry"
    """How calendar-multiget tells that an object is not there."""
    multiget_fails: int = 0
    """The status with which calendar-multiget tells of objects whose title says that they are broken."""
    multiget_deaf: str = ""
    """Characters after which calendar-multiget does not read on in an address, so that it finds nothing there."""
    multiget_anywhere: bool = False
    """calendar-multiget does not ask whether the calendar is there: none of its objects is."""
    missing_in_207: bool = False
    """That a collection is not there is told inside a 207."""
    extras: bool = False
    """A calendar holds a folder and a text file as well, and the calendar itself has an etag."""

    # -- versions -------------------------------------------------------------------------------------------
    etags: Literal["strong", "weak", "unquoted"] = "strong"
    """Weak etags match no condition."""
    counted_etags: bool = False
    """An etag is a number that begins anew when an object is removed and written again."""
    put_etag: Literal["right", "sent", "weak", "none"] = "right"
    """The etag in the answer to PUT: of what was stored, of what was sent (another), weak, or not there."""
    if_none_match: bool = True
    """If-None-Match: * is obeyed."""
    if_match_any: Literal["right", "inverted", "ignored", "literal"] = "right"
    """What is made of If-Match: *; "literal" compares it with the etag."""
    gone_put: int = 412
    gone_delete: int = 404
    """The status for If-Match where nothing is; with 201 for PUT the object is made."""
    delete_if_match: bool = True
    """DELETE obeys If-Match."""

    # -- what is taken --------------------------------------------------------------------------------------
    taken_uid: int = 0
    """The status for a UID that another object has; 0 where it is stored a second time."""
    taken_uid_named: Literal["no-uid-conflict", "unique-scheduling-object-resource", ""] = "no-uid-conflict"
    uid_in_account: bool = False
    """A UID is taken by an object in any calendar of the account."""
    buried_uid: int = 0
    """The status for a UID that was deleted and lies in the trash bin; 0 where there is no such thing."""
    renames: bool = False
    """A new object is kept at another address than the one it was written to."""
    put_status: int = 0
    """The status for every PUT that worked; 0 where it tells a new object from another version."""
    bad_names: str = ""
    """Characters that no name of an object may have."""
    needs_end: bool = False
    """An event without DTEND is refused with 404."""
    read_only: bool = False
    lock_told: Literal["status", "inside a 207"] = "status"
    """How a DELETE is refused that meets a lock."""

    # -- the calendar itself --------------------------------------------------------------------------------
    mkcalendar: int = 201
    mkcol: bool = False
    """A calendar may be made by extended MKCOL."""
    taken_calendar: Literal[403, 405, 409] = 405
    """The status for making a calendar where one is; 403 and 409 have the element resource-must-be-null."""
    proppatch: int = 207
    description: Literal["kept", "dropped", "refused"] = "kept"
    """What becomes of calendar-description: the server says 200 and forgets it, or says 403."""
    privileges_told: bool = True
    is_calendar: bool = True
    """The resource type of a calendar tells that it is one; a plain folder does not."""
    alters: frozenset[Alteration] = frozenset()

    # -- on the wire ----------------------------------------------------------------------------------------
    packed: bool = False
    """Answers are compressed, and sent in chunks."""
    prefix: str = ""
    """The path under which the server lives."""
    cdata: bool = False
    """The text of an object is not escaped, but quoted as a whole."""
    folds_letters: bool = False
    """Lines are folded by bytes, also within a letter."""
    known_as: str = ""
    """The path by which the server calls the home of the calendars, whatever it was called."""
    hrefs: Literal["path", "absolute"] = "path"
    spelling: Literal["full", "minimal", "lower", "raw"] = "full"
    """What is escaped in an href: all that may be; what must be; as the first in small letters; hardly anything."""
    unescaped: str = ""
    """Characters that the server forgets to escape in hrefs, though they mean something there."""
    style: Style = "usual"
    encoding: Encoding = "utf-8"
    content_type: str = "application/xml; charset={encoding}"
    sabre: bool = False
    """Errors name an exception of PHP, and say in words what was wrong."""
    challenge: str = 'Basic realm="calendars"'
    digest: bool = False
    """The password is not taken as it is, but only as a proof that it is known."""
    well_known: int = 301
    """The status of /.well-known/caldav; 404 where there is none."""
    well_known_host: str = ""
    principal_moved: int = 0
    """The status with which the principal's address leads to another."""
    home_moved: int = 0
    home_host: str = ""
    """The host name on which the calendars are, where it is another than the one that is asked first."""


SABRE_DAV = Quirks(
    multiget_gone="omitted",
    gone_delete=412,
    tells_brief=False,
    put_etag="none",
    alters=frozenset({"stamp"}),
    spelling="minimal",
    sabre=True,
)
"""What is in Baïkal, Nextcloud and others."""

CYRUS = Quirks(
    prefix="/dav",
    taken_uid=403,
    taken_uid_named="unique-scheduling-object-resource",
    uid_in_account=True,
    limit="honoured",
    taken_calendar=403,
    alters=frozenset({"trim"}),
    style="odd",
    spelling="minimal",
    unescaped="?",
)

PROFILES: Mapping[str, Quirks] = {
    "standard": Quirks(),
    "radicale": Quirks(
        tokens="http://radicale.org/ns/sync/",
        modified=True,
        taken_uid=409,
        lists_removed=True,
        if_match_any="literal",
        alters=frozenset({"stamp", "reorder"}),
        taken_calendar=409,
        style="default",
        spelling="minimal",
    ),
    "xandikos": Quirks(
        bad_token=412,
        tells_brief=False,
        limit="loses",
        multiget_deaf="?#",
        missing_in_207=True,
        taken_uid=412,
        taken_calendar=403,
        alters=frozenset({"reorder"}),
        style="odd",
    ),
    "icloud": Quirks(
        lists_itself=True,
        needs_end=True,
        if_match_any="inverted",
        taken_uid=412,
        uid_in_account=True,
        put_etag="none",
        alters=frozenset({"default alarm", "prodid", "reorder"}),
        challenge='X-MobileMe-AuthToken realm="MMCalDav", Basic realm="MMCalDav"',
        hrefs="absolute",
        style="local",
        content_type='text/xml; charset="{encoding}"',
    ),
    "fastmail": Quirks(
        prefix="/dav",
        taken_uid=CYRUS.taken_uid,
        taken_uid_named=CYRUS.taken_uid_named,
        uid_in_account=True,
        limit="honoured",
        taken_calendar=403,
        alters=CYRUS.alters,
        style="odd",
        spelling="minimal",
        unescaped="?",
        principal_moved=301,
    ),
    "nextcloud": Quirks(
        prefix="/remote.php/dav",
        multiget_gone="omitted",
        gone_delete=412,
        tells_brief=False,
        limit="loses",
        taken_uid=400,
        buried_uid=400,
        spelling="minimal",
        extras=True,
        sabre=True,
    ),
    "google_dav": Quirks(
        prefix="/caldav/v2",
        if_none_match=False,
        taken_uid=409,
        taken_uid_named="",
        put_etag="none",
        alters=frozenset({"stamp", "prodid", "add x", "strip x", "reorder"}),
        mkcalendar=405,
        description="refused",
        privileges_told=False,
        lists_itself=True,
        style="local",
        content_type="text/xml; charset={encoding}",
    ),
    "cyrus": CYRUS,
    "davical": Quirks(
        prefix="/caldav.php",
        bad_token=207,
        lists_again=True,
        multiget_gone="omitted",
        multiget_anywhere=True,
        alters=frozenset({"lf"}),
        style="default",
        content_type='text/xml; charset="{encoding}"',
    ),
    "baikal": replace(SABRE_DAV, digest=True),
    "sogo": Quirks(
        prefix="/SOGo/dav",
        bad_token=207,
        lists_again=True,
        counted_etags=True,
        if_none_match=False,
        if_match_any="ignored",
        gone_put=201,
        delete_if_match=False,
        taken_uid=409,
        taken_uid_named="",
        proppatch=403,
        description="dropped",
        style="local",
        content_type='text/xml; charset="{encoding}"',
        spelling="minimal",
        unescaped="?#",
    ),
    "zimbra": Quirks(
        prefix="/dav",
        sync=False,
        if_none_match=False,
        if_match_any="literal",
        taken_uid=409,
        uid_in_account=True,
        put_etag="sent",
        alters=frozenset({"own zone", "prodid", "add x", "reorder", "trim"}),
        mkcalendar=403,
        extras=True,
        missing_in_207=True,
    ),
    "gmx": Quirks(
        prefix="/begenda/dav",
        sync=False,
        if_match_any="ignored",
        taken_uid=409,
        put_etag="weak",
        mkcalendar=501,
        description="dropped",
        spelling="lower",
        encoding="utf-8-sig",
    ),
    "stalwart": Quirks(
        prefix="/dav",
        bad_token=207,
        forgets_silently=True,
        lists_itself=True,
        lists_twice=True,
        tells_brief=False,
        limit="honoured",
        page=20,
        taken_uid=412,
    ),
    "plain_webdav": Quirks(
        sync=False,
        ctag=False,
        reports=False,
        reports_told=False,
        is_calendar=False,
        privileges_told=False,
        etags="weak",
        put_etag="none",
        extras=True,
        mkcalendar=405,
        proppatch=405,
        well_known=404,
    ),
}
"""The servers by name; "standard" has no quirk, and "plain_webdav" is a folder of a web server that knows no calendars."""
