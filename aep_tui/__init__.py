"""A terminal wizard that creates source base connections in Adobe Experience Platform."""

__version__ = "0.1.0"
