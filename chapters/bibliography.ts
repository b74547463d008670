/** Something a chapter leans on. */
export interface BibliographyEntry {
  /** What the reader sees, by language. */
  zh: string;
  en: string;
  /** Where it can be read, by language where that differs; absent for a place in the article itself. */
  href?: string;
  hrefZh?: string;
}

const d2l = (section: string): { href: string; hrefZh: string } => ({
  href: `https://d2l.ai/chapter_convolutional-neural-networks/${section}.html`,
  hrefZh: `https://zh.d2l.ai/chapter_convolutional-neural-networks/${section}.html`,
});

export const bibliography = {
  'article-listing-5.2': { zh: '原文 5.2 节的代码', en: 'The article’s own listing, section 5.2' },
  'd2l-why-conv': {
    zh: '《动手学深度学习》“从全连接层到卷积”',
    en: 'Dive into Deep Learning, “From Fully Connected Layers to Convolutions”',
    ...d2l('why-conv'),
  },
  'd2l-conv-layer': {
    zh: '《动手学深度学习》“图像卷积”',
    en: 'Dive into Deep Learning, “Convolutions for Images”',
    ...d2l('conv-layer'),
  },
  'd2l-padding-and-strides': {
    zh: '《动手学深度学习》“填充和步幅”',
    en: 'Dive into Deep Learning, “Padding and Stride”',
    ...d2l('padding-and-strides'),
  },
  'd2l-channels': {
    zh: '《动手学深度学习》“多输入多输出通道”',
    en: 'Dive into Deep Learning, “Multiple Input and Multiple Output Channels”',
    ...d2l('channels'),
  },
  'd2l-lenet': {
    zh: '《动手学深度学习》“卷积神经网络（LeNet）”',
    en: 'Dive into Deep Learning, “Convolutional Neural Networks (LeNet)”',
    ...d2l('lenet'),
  },
  'goodfellow-2016-9': {
    zh: 'Goodfellow 等《深度学习》第 9 章',
    en: 'Goodfellow et al., Deep Learning, chapter 9',
    href: 'https://www.deeplearningbook.org/contents/convnets.html',
  },
  'dumoulin-2016': {
    zh: 'Dumoulin、Visin，2016，arXiv:1603.07285',
    en: 'Dumoulin and Visin 2016, arXiv:1603.07285',
    href: 'https://arxiv.org/abs/1603.07285',
  },
  'lecun-1998': {
    zh: 'LeCun 等，1998',
    en: 'LeCun et al. 1998',
    href: 'https://doi.org/10.1109/5.726791',
  },
  'kingma-2015': {
    zh: 'Kingma、Ba，2015，arXiv:1412.6980',
    en: 'Kingma and Ba 2015, arXiv:1412.6980',
    href: 'https://arxiv.org/abs/1412.6980',
  },
  'qiu-2020': {
    zh: '邱锡鹏《神经网络与深度学习》',
    en: 'Qiu, Neural Networks and Deep Learning (in Chinese)',
    href: 'https://nndl.github.io/',
  },
} as const satisfies Readonly<Record<string, BibliographyEntry>>;

export type BibliographyId = keyof typeof bibliography;
