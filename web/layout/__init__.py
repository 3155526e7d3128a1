"""The frame of every page: top bar, side navigation, page head, home, assets, licences."""
