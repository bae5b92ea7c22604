"""The settings after every place was looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from aep_tui.domain.light_dataclass import dataclass
from aep_tui.domain.secret import Secret
from aep_tui.domain.target import ClientCredential, Mode, Target
from aep_tui.settings.layer import FoundValue
from aep_tui.settings.setting import SettingName, setting_named


@dataclass(frozen=True, slots=True)
class IgnoredValue:
    """A value that was found and does not count.

    Attributes:
        name: the setting.
        origin: where it was found, in words.
        reason: why it does not count, in a sentence.
    """

    name: SettingName
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResolvedSettings:
    """What holds, where each value came from, and what was ignored.

    Attributes:
        values: the settings that have a value, defaults included.
        ignored: values of lower rank.
        notes: what was passed over in the places, in sentences.
        warnings: what the person should change, in sentences.
        profile_name: the profile that took part, "" for none.
    """

    values: Mapping[SettingName, FoundValue] = field(default_factory=dict)
    ignored: tuple[IgnoredValue, ...] = ()
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    profile_name: str = ""

    def text(self, name: SettingName) -> str:
        """Return a plain value, the default when it is not set; a secret is refused with ValueError."""
        setting = setting_named(name)
        if setting.is_secret:
            raise ValueError(f"{name} is a secret")
        found = self.values.get(name)
        return found.value if found is not None and isinstance(found.value, str) else setting.default

    def origin(self, name: SettingName) -> str:
        """Return where a value came from, in words; "" when it is not set."""
        found = self.values.get(name)
        return found.origin if found else ""

    @property
    def base_url(self) -> str:
        """Scheme and host of the platform, for example "https://platform.adobe.io"."""
        return self.text(SettingName.BASE_URL)

    @property
    def organization_id(self) -> str:
        """`x-gw-ims-org-id`, "" when it has to be asked for."""
        return self.text(SettingName.ORGANIZATION_ID)

    @property
    def sandbox_name(self) -> str:
        """`x-sandbox-name`, "" when it has to be asked for."""
        return self.text(SettingName.SANDBOX_NAME)

    @property
    def api_key(self) -> str:
        """`x-api-key`, which is the client id as well; "" when it has to be asked for."""
        return self.text(SettingName.API_KEY)

    @property
    def scopes(self) -> str:
        """The scopes with commas between them."""
        return self.text(SettingName.SCOPES)

    @property
    def ims_base_url(self) -> str:
        """Scheme and host of the identity service, for example "https://ims-na1.adobelogin.com"."""
        return self.text(SettingName.IMS_HOST)

    @property
    def is_read_only(self) -> bool:
        """Whether nothing may be sent that could change something."""
        return bool(self.text(SettingName.READ_ONLY))

    @property
    def has_access_token(self) -> bool:
        """Whether an access token was given; costs nothing and loads nothing."""
        return SettingName.ACCESS_TOKEN in self.values

    @property
    def has_client_secret(self) -> bool:
        """Whether a client secret was given or can be fetched; costs nothing and fetches nothing."""
        return SettingName.CLIENT_SECRET in self.values

    def access_token(self) -> Secret | None:
        """Return the access token without "Bearer ", or None; may run a program or ask a keyring.

        Raises:
            SettingsProblem: the place that holds it does not give it.
        """
        return self._secret(SettingName.ACCESS_TOKEN)

    def client_secret(self) -> Secret | None:
        """Return the client secret, or None; may run a program or ask a keyring.

        Raises:
            SettingsProblem: the place that holds it does not give it.
        """
        return self._secret(SettingName.CLIENT_SECRET)

    @property
    def live_target(self) -> Target:
        """The target of live mode, without what it signs in with: that is fetched when it is needed."""
        return Target(
            Mode.LIVE,
            self.base_url,
            self.organization_id,
            self.sandbox_name,
            self.api_key,
            is_read_only=self.is_read_only,
        )

    def client_credential(self, client_secret: Secret) -> ClientCredential:
        """Return what tokens are obtained with: the secret, and the scopes and the host of these settings."""
        return ClientCredential(client_secret, self.scopes, self.ims_base_url)

    def _secret(self, name: SettingName) -> Secret | None:
        found = self.values.get(name)
        if found is None or isinstance(found.value, str):
            return None
        return found.value if isinstance(found.value, Secret) else found.value()
