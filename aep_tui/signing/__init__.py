"""Keys, certificates and signed tokens: the only room that imports cryptography and PyJWT.

Loaded when a person asks for a token or a key pair, never at the start. A key and a passphrase live only inside one
call; what comes out is the token, wrapped, and facts that may be shown.
"""
