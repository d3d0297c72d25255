package chat

import "context"

// ShopStore keeps the settings of shops, each as versions of which none is ever changed, so that those of some time stay
// known. Packages of services know what the settings say. A shop is named as PersonID.Site does.
type ShopStore interface {
	// Shop reads a shop's newest version, eventually consistent; Version 0 when there is none.
	Shop(ctx context.Context, site string) (ShopVersion, error)
	// ShopVersions reads, oldest first, the newest version and those before it, back to the first one it meets whose Since is
	// `from` or earlier: those that count at `from` or later.
	ShopVersions(ctx context.Context, site string, from Millis) ([]ShopVersion, error)
	// PutShop stores a version. Condition: there is none with its number; otherwise the one that is there comes back.
	PutShop(ctx context.Context, v ShopVersion) (ShopVersion, bool, error)
	// Sites lists the keys of all named shops, sorted, eventually consistent. `make shop` writes the list.
	Sites(ctx context.Context) ([]string, error)
}

// ShopVersion is one version of a shop's settings.
type ShopVersion struct {
	Site     string
	Version  int    // 1, 2, 3, …
	Since    Millis // from when it counts
	Settings []byte // at most MaxSettings
}
