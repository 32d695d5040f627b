__all__ = ["listed", "missing"]
listed = 1
