package browser

// ImageProperty is a property of style sheets that takes an image.
type ImageProperty uint8

// The properties.
const (
	PropertyBackgroundImage ImageProperty = iota
	PropertyBorderImageSource
	PropertyListStyleImage
	PropertyMaskImage
	PropertyShapeOutside
)

// isMask reports whether an element is the image of mask-image.
func (i *ElementInit) isMask() bool { return i.Tag == TagCSSImage && i.Property == PropertyMaskImage }

// crossOrigin returns the state in which the image of a property is requested. A mask and
// a shape need CORS, because script could find out what they look like.
// https://drafts.csswg.org/css-images-4/#image-fetching
// https://drafts.csswg.org/css-shapes-1/#shape-outside-property
// https://drafts.csswg.org/css-masking-1/#the-mask-image
func (p ImageProperty) crossOrigin() CrossOrigin {
	switch p {
	case PropertyMaskImage, PropertyShapeOutside:
		return CrossOriginAnonymous
	}
	return CrossOriginNone
}
